"""Drills as JSON, version 1: ``schemas/drill.schema.json`` describes it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from handrail.rehearsal.drill.faults import title_of
from handrail.rehearsal.drill.judge import BlockRun, Judgement, StepSeen


def render_drill_json(drills: Sequence[tuple[Judgement, str]], about: Mapping[str, str]) -> str:
    """Return what drills showed, in ASCII.

    ``about`` has ``engine``, ``version``, and of the rows ``what``, ``taken_at`` and ``data``.
    """
    value = {
        "version": 1,
        "engine": {"name": about["engine"], "version": about["version"]},
        "source": {key: about[key] for key in ("what", "taken_at", "data")},
        "passed": all(judged.passed for judged, _ in drills),
        "drills": [_drill(judged, path) for judged, path in drills],
    }
    return json.dumps(value, indent=2) + "\n"


def _drill(judged: Judgement, path: str) -> dict[str, Any]:
    runbook = judged.drill.runbook
    return {
        "runbook": runbook.id,
        "title": runbook.title,
        "fault": judged.drill.fault or None,
        "fault_title": title_of(judged.drill.fault),
        "passed": judged.passed,
        "reasons": list(judged.reasons),
        "seconds": round(judged.seconds, 3),
        "target_minutes": judged.drill.minutes,
        "schema_restored": judged.schema_restored,
        "data_restored": judged.data_restored,
        "lost": [{**each._asdict(), "column": each.column or None} for each in judged.lost],
        "steps": [_step(each) for each in judged.steps],
        "evidence": path or None,
    }


def _step(step: StepSeen) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "outcome": step.outcome,
        "shows_fault": step.shows,
        "seconds": round(step.seconds, 3),
        "reason": step.reason or None,
        "commands": [_command(each, shown=step.outcome == "different") for each in step.blocks],
    }


def _command(run: BlockRun, *, shown: bool) -> dict[str, Any]:
    """Return one command. What it printed may hold rows: it is told only where it is wrong."""
    wrong = shown and run.outcome == "different" and run.printed is not None
    return {
        "interpreter": run.block.interpreter,
        "run": run.block.run,
        "promised": run.block.expect,
        "printed": run.printed.text if wrong and run.printed else None,
        "outcome": run.outcome,
        "seconds": round(run.printed.seconds, 3) if run.printed else 0,
        "reason": run.reason or None,
    }
