"""What ``handrail explain`` says of operations beyond their entry in the policy."""

from collections.abc import Iterator, Sequence
from textwrap import indent

from handrail.policy.model import Policy
from handrail.policy.operations import Operation
from handrail.ports import Shipped
from handrail.rules import RULES
from handrail.rules.examples import NAMES, RECORD, Example, Record, parse_record

_THEN = "Then: "


def condition_of(code: str) -> tuple[str, ...]:
    """Return when an operation is found, () where Handrail does not know it."""
    return tuple(rule.condition for rule in RULES if rule.code == code)


def read_record(shipped: Shipped) -> Record:
    """Return the examples that come with Handrail."""
    return parse_record(shipped.read(RECORD).decode())


def examples_of(policy: Policy, record: Record, code: str) -> tuple[Example, ...]:
    """Return the examples of an operation on the engines of the team, in their order."""
    engines: list[str] = [each.engine for each in policy.database.databases]
    found = [each for each in record.examples.get(code, ()) if each.dialect in engines]
    return tuple(sorted(found, key=lambda each: engines.index(each.dialect)))


def operations_below(policy: Policy, prefix: str) -> tuple[Operation, ...]:
    """Return the operations whose ids go on after ``prefix`` and a dot."""
    return tuple(each for each in policy.operations.operations if each.id.startswith(f"{prefix}."))


def list_operations(operations: Sequence[Operation]) -> str:
    """Return one line an operation: id, level, title."""
    wide = max(len(each.id) for each in operations)
    return "".join(f"{each.id:<{wide}}  {each.level:<8}  {each.title}\n" for each in operations)


def example_text(example: Example, record: Record) -> str:
    """Return an example and what happened, as text for people."""
    lines = [f"On {NAMES[example.dialect]} {record.engines.get(example.dialect, '')}".rstrip()]
    for title, body in _parts(example):
        lines += [f"  {title}", indent(body.rstrip("\n"), "      ")]
    return "\n".join(lines) + "\n"


def _parts(example: Example) -> Iterator[tuple[str, str]]:
    yield "tables and rows before", example.before
    yield "the operation", example.bad
    yield "what happened", _sentences(example.after_bad, then=False)
    if example.good:
        yield "the safer way", example.good
        yield "what happened", _sentences(example.after_good, then=False)
    if example.then:
        yield "later somebody runs", example.then
        yield "without the migration", "\n".join(example.untouched)
        yield "after the operation", _sentences(example.after_bad, then=True)
    if example.then and example.good:
        yield "after the safer way", _sentences(example.after_good, then=True)


def _sentences(said: Sequence[str], *, then: bool) -> str:
    return "\n".join(each.removeprefix(_THEN) for each in said if each.startswith(_THEN) == then)
