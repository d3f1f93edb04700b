"""Drills as text, JSON and Markdown."""

import json
from pathlib import Path

import jsonschema
import pytest

from handrail.core.database import Origin
from handrail.rehearsal.drill.judge import Judgement, judge_drill
from handrail.rehearsal.drill.plan import Drill
from handrail.rehearsal.drill.written import drill_evidence
from handrail.rehearsal.evidence import dump_evidence
from handrail.reporters.drill_json import render_drill_json
from handrail.reporters.drill_markdown import render_drill_markdown
from handrail.reporters.drill_text import render_drill_text
from tests.unit.rehearsal.drill.runbook_cases import look, ran, runbook, step

SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "schemas"
ABOUT = {
    "engine": "sqlite",
    "version": "3.40.1",
    "what": "rows",
    "taken_at": "2026-11-24T09:00:00Z",
    "data": "seeded",
}
ESCAPE = "\x1b[31mred"
ROW = "ann@example.test"
GOOD = step("names", ran("ok", "ok\n"))
BAD = step("counts", ran("nothing less", f"users|20|19|{ROW}\n{ESCAPE}\n" + "more\n" * 20))
AWAY = step("values", ran("ok", "", kept_in=(("npx",),)))


def judged(*steps: object, fault: str = "half-applied") -> Judgement:
    drill = Drill(runbook(), fault, (), 20)
    return judge_drill(drill, steps, look(), look({"users": 3}))  # type: ignore[arg-type]  # steps


RIGHT = (judge_drill(Drill(runbook(), "", (), 20), (GOOD, AWAY), look(), None), "evidence/restore.json")
WRONG = (judged(GOOD, BAD, AWAY), "")
UNMADE = (Judgement(Drill(runbook(), "half-applied", (), 20), (), 0, ("this database has no table",)), "")


@pytest.mark.parametrize("colour", [False, True])
def test_text_fits_a_terminal_and_steers_none(colour: bool) -> None:
    text = render_drill_text((RIGHT, WRONG, UNMADE), "sqlite 3.40.1 on rows", colour=colour, steps=True)
    assert ESCAPE not in text
    if not colour:
        assert all(len(line) < 80 for line in text.splitlines())
        assert "\x1b" not in text


def test_text_names_the_step_and_shows_promise_and_print() -> None:
    text = render_drill_text((WRONG,), "sqlite")
    for words in ("WRONG counts", "promised: nothing less", "printed:  users|20|19", "lines more", "data NO"):
        assert words in text
    assert text.endswith("1 drill: 1 wrong.\n")


def test_steps_of_a_right_drill_are_shown_where_it_is_asked_for() -> None:
    both = (RIGHT, RIGHT)
    assert "ok    names" not in render_drill_text(both, "sqlite")
    assert "ok    names" in render_drill_text(both, "sqlite", steps=True)
    assert "ok    names" in render_drill_text((RIGHT,), "sqlite")
    assert "evidence: evidence/restore.json" in render_drill_text(both, "sqlite")


def test_json_is_what_its_schema_says() -> None:
    value = json.loads(render_drill_json((RIGHT, WRONG, UNMADE), ABOUT))
    jsonschema.validate(value, json.loads((SCHEMAS / "drill.schema.json").read_text(encoding="utf-8")))
    assert [each["passed"] for each in value["drills"]] == [True, False, False]
    assert value["passed"] is False


def test_json_tells_what_was_printed_only_where_it_is_wrong() -> None:
    value = json.loads(render_drill_json((WRONG,), ABOUT))
    good, bad, _ = value["drills"][0]["steps"]
    assert good["commands"][0]["printed"] is None
    assert ROW in bad["commands"][0]["printed"]


def test_markdown_has_a_row_a_drill_and_what_is_wrong() -> None:
    text = render_drill_markdown((RIGHT, WRONG), "sqlite *3*")
    assert r"sqlite \*3\*" in text
    assert text.count("| `restore` |") == 2
    assert "Step `counts` promised, and printed:" in text


def test_evidence_is_what_its_schema_says_and_holds_no_row() -> None:
    origin = Origin("rows", "2026-11-24T09:00:00Z", "seeded")
    schema = json.loads((SCHEMAS / "evidence.schema.json").read_text(encoding="utf-8"))
    for each in (RIGHT[0], WRONG[0]):
        text = dump_evidence(
            drill_evidence(each, origin, ("sqlite", "3.40.1"), "2026-11-24T09:00:00Z", "a" * 64)
        )
        jsonschema.validate(json.loads(text), schema)
        assert ROW not in text
        assert json.loads(text)["verdict"] == ("passed" if each.passed else "failed")
