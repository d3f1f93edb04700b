"""What a drill saw -> whether the runbook is right."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Literal, NamedTuple

from handrail.core.printed import Printed
from handrail.rehearsal.drill.blocks import Block
from handrail.rehearsal.drill.plan import Drill
from handrail.rehearsal.drill.prisma_history import HISTORY
from handrail.rehearsal.drill.promises import keeps_promise
from handrail.rehearsal.evidence import Counted, Lost, StepRun
from handrail.rehearsal.look import Look

Outcome = Literal["as promised", "different", "not run"]

WORDS = "no command: a person does it"


class BlockRun(NamedTuple):
    """A command, and what it printed; None where it was not run, and ``why`` says why."""

    block: Block
    printed: Printed | None
    why: str = ""

    @property
    def outcome(self) -> Outcome:
        """Tell whether it printed what the runbook promises."""
        if self.printed is None or self.printed.kept_in or self.printed.missing:
            return "not run"
        kept = not self.printed.stopped and keeps_promise(self.block.expect, self.printed.text)
        return "as promised" if kept else "different"

    @property
    def reason(self) -> str:
        """Say why it was not run, or what was different, in a few words; '' when all is well."""
        if self.printed is None:
            return self.why
        away = dict.fromkeys(words[0] for words in self.printed.kept_in)
        if away:
            return f"{', '.join(away)} would reach out of the scratch{self.why}"
        if self.printed.missing:
            return f"{', '.join(dict.fromkeys(self.printed.missing))}: no such program here"
        if self.printed.stopped:
            return self.printed.stopped
        return "" if self.outcome == "as promised" else "it printed something else"


class StepSeen(NamedTuple):
    """A step as it was followed. ``shows``: it printed something else, as it should at this fault."""

    id: str
    title: str
    blocks: tuple[BlockRun, ...]
    shows: bool = False

    @property
    def seconds(self) -> float:
        """Return how long its commands took."""
        return sum(each.printed.seconds for each in self.blocks if each.printed)

    @property
    def differs(self) -> bool:
        """Tell whether one of its commands printed something else than promised."""
        return any(each.outcome == "different" for each in self.blocks)

    @property
    def outcome(self) -> Outcome:
        """Tell how the step went; where some of its commands were not run, the others tell."""
        if self.differs and not self.shows:
            return "different"
        return "as promised" if any(each.outcome != "not run" for each in self.blocks) else "not run"

    @property
    def reason(self) -> str:
        """Say in a sentence what there is to know of it."""
        if not self.blocks:
            return WORDS
        if self.shows:
            return "it shows the fault"
        return "; ".join(dict.fromkeys(each.reason for each in self.blocks if each.reason))

    def as_run(self) -> StepRun:
        """Return what evidence says of it."""
        return StepRun(self.id, self.outcome, self.seconds, self.reason)


class Judgement(NamedTuple):
    """What came out of a drill. ``reasons`` say what is wrong with the runbook; without any it is right.

    ``restored`` tells of schema and data whether they are as before, None where that was not asked for.
    """

    drill: Drill
    steps: tuple[StepSeen, ...]
    seconds: float
    reasons: tuple[str, ...]
    schema_restored: bool | None = None
    data_restored: bool | None = None
    lost: tuple[Lost, ...] = ()
    tables: tuple[Counted, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether the runbook is right."""
        return not self.reasons


def judge_drill(
    drill: Drill,
    steps: Sequence[StepSeen],
    before: Look,
    after: Look | None,
    given_up: Sequence[StepSeen] = (),
) -> Judgement:
    """Judge what was seen of a drill.

    ``before`` is the database before the fault, or as it was in the backup that was
    taken in the end; ``after`` the one at the end, None where that cannot be read.
    ``given_up`` are the steps that were followed with a backup that was no good.
    """
    seconds = sum(step.seconds for step in (*given_up, *steps))
    judged = Judgement(drill, (*given_up, *steps), seconds, ())
    if drill.repairs:
        judged = _compared(judged, before, after)
    return judged._replace(reasons=tuple(_reasons(judged, steps, given_up)))


def _reasons(judged: Judgement, steps: Sequence[StepSeen], given_up: Sequence[StepSeen]) -> Iterator[str]:
    drill = judged.drill
    yield from (f"step '{each.id}': {each.reason}" for each in judged.steps if each.outcome == "different")
    ran = any(each.outcome != "not run" for step in steps for each in step.blocks)
    if not ran and any(step.blocks for step in steps):
        yield "none of its commands was run"
    if drill.shown_by and not any(step.shows for step in given_up or steps):
        yield f"no step shows the fault; it should be seen in: {', '.join(drill.shown_by)}"
    yield from _not_restored(judged, steps)
    if judged.seconds > drill.minutes * 60:
        yield f"its commands alone took {judged.seconds / 60:.1f} minutes, of {drill.minutes} in all"


def _not_restored(judged: Judgement, steps: Sequence[StepSeen]) -> Iterator[str]:
    """Say what is not as before, and which commands were not run that might have restored it."""
    restored = {"schema": judged.schema_restored, "data": judged.data_restored}
    for what, good in restored.items():
        if good is False:
            yield f"the {what} is not what it was before the fault"
    if False in restored.values():
        for step in steps:
            if any(each.outcome == "not run" for each in step.blocks):
                yield f"step '{step.id}' was not run: {step.reason}"


def _compared(judged: Judgement, before: Look, after: Look | None) -> Judgement:
    if after is None:
        return judged._replace(schema_restored=False, data_restored=False)
    lost = tuple(_lost(before, after))
    return judged._replace(
        schema_restored=_schema(before) == _schema(after),
        data_restored=not lost,
        lost=lost,
        tables=tuple(_counted(name, before, after) for name in sorted(_tables(before))),
    )


def _schema(look: Look) -> dict[tuple[str, str], str]:
    return {key: text for key, text in look.schema.items.items() if key[1].partition(".")[0] != HISTORY}


def _tables(look: Look) -> list[str]:
    return [name for name in look.content if name != HISTORY]


def _lost(before: Look, after: Look) -> Iterator[Lost]:
    """Yield what differs: a table with its rows that are gone, or else each column that is not the same."""
    for name in _tables(before):
        old, new = before.content[name], after.content.get(name)
        if new is None or new.rows != old.rows:
            yield Lost(name, "", max(0, old.rows - (new.rows if new else 0)))
            continue
        for column, content in old.columns.items():
            if new.columns.get(column) != content:
                yield Lost(name, column, content.filled)


def _counted(name: str, before: Look, after: Look) -> Counted:
    return Counted(name, before.rows(name), after.rows(name), _hash(name, before), _hash(name, after))


def _hash(name: str, look: Look) -> str | None:
    """Return the hashes of all columns as one text, by name: wherever a column stands, it counts the same."""
    content = look.content.get(name)
    if content is None:
        return None
    text = "\n".join(f"{name} {column.digest}" for name, column in sorted(content.columns.items()))
    return blake2b(text.encode(), digest_size=16).hexdigest()
