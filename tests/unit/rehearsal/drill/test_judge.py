"""What a drill saw -> whether the runbook is right."""

from collections.abc import Sequence

import pytest

from handrail.rehearsal.drill.blocks import Block
from handrail.rehearsal.drill.judge import BlockRun, Judgement, StepSeen, judge_drill
from handrail.rehearsal.drill.plan import Drill
from handrail.rehearsal.look import Look
from tests.unit.rehearsal.drill.runbook_cases import ROWS, look, ran, runbook, step

GOOD = ran("ok", "ok\n")
BAD = ran("ok", "not ok\n")
AWAY = ran("ok", "", kept_in=(("npx", "prisma"),))
LACKING = ran("ok", "ok", missing=("fuser",))
HANGING = ran("ok", "ok", stopped="it had not ended after 3 seconds")
BLANK = BlockRun(Block("shell", "gh <LOGIN>", "ok"), None, "a drill cannot know <LOGIN>")
BEFORE = look(index="on users")


def judge(
    *steps: StepSeen,
    fault: str = "",
    shown_by: Sequence[str] = (),
    minutes: int = 20,
    after: Look | None = BEFORE,
    given_up: Sequence[StepSeen] = (),
) -> Judgement:
    drill = Drill(runbook(), fault, tuple(shown_by), minutes)
    return judge_drill(drill, steps, BEFORE, after, given_up)


@pytest.mark.parametrize(
    ("blocks", "outcome", "reason"),
    [
        ((), "not run", "no command: a person does it"),
        ((GOOD,), "as promised", ""),
        ((BAD,), "different", "it printed something else"),
        ((GOOD, BAD), "different", "it printed something else"),
        ((AWAY,), "not run", "npx would reach out of the scratch"),
        ((GOOD, AWAY), "as promised", "npx would reach out of the scratch"),
        ((LACKING,), "not run", "fuser: no such program here"),
        ((HANGING,), "different", "it had not ended after 3 seconds"),
        ((BLANK,), "not run", "a drill cannot know <LOGIN>"),
    ],
)
def test_how_a_step_went(blocks: tuple[BlockRun, ...], outcome: str, reason: str) -> None:
    seen = step("names", *blocks)
    assert (seen.outcome, seen.reason) == (outcome, reason)


def test_a_step_that_shows_the_fault_went_as_promised() -> None:
    seen = step("counts", BAD, shows=True)
    assert (seen.outcome, seen.reason) == ("as promised", "it shows the fault")


def test_time_is_that_of_the_commands() -> None:
    assert step("names", GOOD, BAD, BLANK).seconds == 1.0
    assert judge(step("names", GOOD), given_up=[step("names", GOOD)]).seconds == 1.0


def test_all_as_promised_is_right() -> None:
    assert judge(step("names", GOOD), step("decide")).passed


@pytest.mark.parametrize(
    ("judged", "reason"),
    [
        (judge(step("names", GOOD), step("counts", BAD)), "step 'counts': it printed something else"),
        (judge(step("names", AWAY), step("decide")), "none of its commands was run"),
        (judge(step("names", GOOD), minutes=0), "its commands alone took 0.0 minutes, of 0 in all"),
        (
            judge(step("counts", GOOD), fault="wrong-backfill", shown_by=["counts"]),
            "no step shows the fault; it should be seen in: counts",
        ),
        (
            judge(step("counts", GOOD), fault="half-applied", after=look(index="on log")),
            "the schema is not what it was before the fault",
        ),
        (
            judge(step("counts", GOOD), fault="half-applied", after=look(digest="e", index="on users")),
            "the data is not what it was before the fault",
        ),
    ],
    ids=["different", "not-run", "slow", "blind", "schema", "data"],
)
def test_one_thing_wrong_is_one_reason(judged: Judgement, reason: str) -> None:
    assert judged.reasons == (reason,)


def test_a_runbook_of_words_alone_promises_nothing() -> None:
    assert judge(step("decide"), step("close")).passed


def test_a_fault_that_is_shown_is_found() -> None:
    seen = step("counts", BAD, shows=True)
    assert judge(step("names", GOOD), seen, fault="wrong-backfill", shown_by=["counts"]).passed


def test_a_database_that_cannot_be_read_is_not_restored() -> None:
    judged = judge(step("counts", GOOD), fault="damaged-file", after=None)
    assert (judged.schema_restored, judged.data_restored) == (False, False)
    assert not judged.passed


def test_what_was_not_run_is_named_where_something_is_missing() -> None:
    judged = judge(step("counts", GOOD), step("values", AWAY), fault="half-applied", after=look(digest="e"))
    assert judged.reasons[-1] == "step 'values' was not run: npx would reach out of the scratch"


def test_what_is_lost_is_told_by_table_and_column() -> None:
    after = look({**ROWS, "recipes": 0}, index="on users")
    after.content["users"].columns["email"] = after.content["log"].columns["text"]  # type: ignore[index]
    judged = judge(step("counts", GOOD), fault="deleted-children", after=after)
    assert [(each.table, each.column, each.rows) for each in judged.lost] == [
        ("users", "email", 20),
        ("recipes", "", 100),
    ]


def test_the_history_of_the_runner_is_its_own() -> None:
    after = look({**ROWS, "_prisma_migrations": 9}, index="on users")
    assert judge(step("counts", GOOD), fault="half-applied", after=after).passed


def test_looking_is_not_asked_to_restore() -> None:
    judged = judge(step("counts", BAD, shows=True), fault="wrong-backfill", shown_by=["counts"], after=None)
    assert judged.passed
    assert judged.data_restored is None


def test_the_older_backup_has_to_be_asked_for() -> None:
    first, then = step("counts", BAD, shows=True), step("counts", GOOD)
    assert judge(then, fault="damaged-backup", shown_by=["counts"], given_up=[first]).passed
    assert not judge(then, fault="damaged-backup", shown_by=["counts"]).passed
