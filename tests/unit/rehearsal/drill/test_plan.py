"""Which runbooks are drilled against which faults."""

from typing import Any

import pytest

from handrail.core.errors import HandrailError
from handrail.policy.model import Policy
from handrail.policy.runbooks import FaultName
from handrail.rehearsal.drill.faults import FAULTS
from handrail.rehearsal.drill.plan import plan_drills
from tests.minimal.builder import dump_policies, load, minimal_data


def policy(*faults: dict[str, Any], time_box: int = 20, rto: int = 60) -> Policy:
    """Return a policy whose first runbook is drilled against ``faults``."""
    data = minimal_data()
    first = data["runbooks"]["runbooks"][0]
    first |= {"id": "repair", "time_box_minutes": time_box, "faults": list(faults)}
    data["database"]["backup"]["rto_minutes"] = rto
    loaded = load(dump_policies(data))
    assert loaded.policy is not None
    return loaded.policy


def planned(*faults: dict[str, Any], engine: str = "sqlite", fault: str = "") -> list[str]:
    return [drill.fault for drill in plan_drills(policy(*faults), "repair", fault, engine)]


@pytest.mark.parametrize(
    ("faults", "drilled"),
    [
        ([], [""]),
        ([{"fault": "half-applied"}, {"fault": "wrong-backfill"}], ["half-applied", "wrong-backfill"]),
        ([{"fault": "wrong-backfill", "shown_by": ["look"]}], ["", "wrong-backfill"]),
        ([{"fault": "damaged-backup", "shown_by": ["look"]}], ["damaged-backup"]),
    ],
    ids=["none", "repairs", "finds", "takes-older"],
)
def test_what_finds_faults_is_followed_without_one_too(faults: list[Any], drilled: list[str]) -> None:
    assert planned(*faults) == drilled


@pytest.mark.parametrize(("engine", "drilled"), [("sqlite", ["loss-in-wal"]), ("postgresql", [""])])
def test_a_fault_of_another_engine_is_left_out(engine: str, drilled: list[str]) -> None:
    assert planned({"fault": "loss-in-wal"}, engine=engine) == drilled


def test_one_fault_can_be_asked_for() -> None:
    faults: list[Any] = [{"fault": "half-applied"}, {"fault": "wrong-backfill", "shown_by": ["look"]}]
    assert planned(*faults, fault="half-applied") == ["half-applied"]
    assert planned(*faults, fault="none") == [""]


def test_a_fault_that_nothing_is_drilled_against_is_none() -> None:
    with pytest.raises(HandrailError, match="half-aplied") as error:
        planned({"fault": "half-applied"}, fault="half-aplied")
    assert "half-applied" in error.value.hint


def test_a_runbook_that_is_not_there_is_none() -> None:
    with pytest.raises(HandrailError, match="no runbook 'repare'") as error:
        plan_drills(policy(), "repare", "", "sqlite")
    assert "repair" in error.value.hint


@pytest.mark.parametrize(("time_box", "rto", "minutes"), [(20, 60, 20), (90, 60, 60)])
def test_a_repair_may_take_no_longer_than_the_objective(time_box: int, rto: int, minutes: int) -> None:
    chosen = policy({"fault": "half-applied"}, time_box=time_box, rto=rto)
    assert [drill.minutes for drill in plan_drills(chosen, "repair", "", "sqlite")] == [minutes]


def test_looking_takes_as_long_as_its_time_box() -> None:
    chosen = policy({"fault": "wrong-backfill", "shown_by": ["look"]}, time_box=90, rto=60)
    assert {drill.minutes for drill in plan_drills(chosen, "repair", "", "sqlite")} == {90}


def test_the_policy_names_the_faults_that_there_are() -> None:
    assert FaultName.__args__ == tuple(FAULTS)  # type: ignore[attr-defined]  # of a Literal
