"""Which runbook is drilled against which fault."""

from collections.abc import Iterator
from typing import NamedTuple

from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.policy.model import Policy
from handrail.policy.runbooks import DrilledFault, Runbook
from handrail.rehearsal.drill.faults import FAULTS, HEALTHY

NONE = "none"
"""What a person calls no fault."""

TAKES_OLDER = "damaged-backup"
"""The fault at which a runbook is left where it says so, and begun again with the next older backup."""


class Drill(NamedTuple):
    """A runbook that is followed after ``fault``, '' where all is well.

    ``shown_by`` are the steps that may then print something else; ``minutes``
    is how long it may take.
    """

    runbook: Runbook
    fault: str
    shown_by: tuple[str, ...]
    minutes: int

    @property
    def finds(self) -> bool:
        """Tell whether the runbook has to find the fault."""
        return bool(self.shown_by) and self.fault != TAKES_OLDER

    @property
    def repairs(self) -> bool:
        """Tell whether everything has to be as before the fault when the runbook is done."""
        return self.fault != HEALTHY and not self.finds

    @property
    def name(self) -> str:
        """Return what it is called."""
        return f"{self.runbook.id}, {self.fault}" if self.fault else self.runbook.id


def plan_drills(policy: Policy, runbook: str, fault: str, engine: str) -> tuple[Drill, ...]:
    """Return the drills of one runbook, or of all ('').

    Each is followed after each of its faults that the engine knows; one that has none, or
    that finds faults, in a healthy database as well. ``fault`` asks for one of these, ``none`` for the last.
    Raises ``HandrailError`` when the policy has no such runbook, or nothing is left.
    """
    chosen = [each for each in policy.runbooks.runbooks if runbook in ("", each.id)]
    if not chosen:
        known = tuple(each.id for each in policy.runbooks.runbooks)
        hint = did_you_mean(runbook, known) or f"Runbooks: {', '.join(known) or 'none'}."
        raise HandrailError(f"the policy has no runbook '{runbook}'", hint)
    drills = [drill for each in chosen for drill in _drills(each, policy.database.backup.rto_minutes, engine)]
    found = tuple(drill for drill in drills if fault in ("", drill.fault or NONE))
    if not found:
        known = tuple(dict.fromkeys(drill.fault or NONE for drill in drills))
        hint = did_you_mean(fault, known) or f"Faults on {engine}: {', '.join(known) or 'none'}."
        raise HandrailError(f"no runbook is drilled against '{fault}'", hint)
    return found


def _drills(runbook: Runbook, rto: int, engine: str) -> Iterator[Drill]:
    faults = [
        each
        for each in runbook.faults
        if each.engine in (None, engine) and engine in FAULTS[each.fault].engines
    ]
    drills = [_drill(runbook, each, rto) for each in faults]
    if not drills or any(drill.finds for drill in drills):
        yield Drill(runbook, HEALTHY, (), runbook.time_box_minutes)
    yield from drills


def _drill(runbook: Runbook, fault: DrilledFault, rto: int) -> Drill:
    drill = Drill(runbook, fault.fault, fault.shown_by, runbook.time_box_minutes)
    return drill._replace(minutes=min(rto, drill.minutes)) if drill.repairs else drill
