"""A schema report for people, at 79 columns."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from handrail.core.shown import clean
from handrail.migrations.schema_facts import Facts, KeyFact, RelationFact, TableFact
from handrail.policy.references import plain_text
from handrail.risk.schema_risks import CHAIN, TRACE, UNSTATED, Grade, touching, traceless, unstated

WIDE = 79
_COLUMN = 16
_ACTION = 44


def render_schema_text(facts: Facts, grades: Sequence[Grade]) -> str:
    """Return the report as text. ``grades`` are those of the policy."""
    by_id = {each.id: each for each in grades}
    lines = [
        *_head(facts),
        *_relations(facts),
        *_section(by_id[CHAIN], _effects(facts)),
        *_section(by_id[TRACE], _traces(facts)),
        *_section(by_id[UNSTATED], _wrapped(", ".join(unstated(facts)), 2)),
        *_unread(facts),
    ]
    return "".join(f"{line}\n" for line in lines)


def _head(facts: Facts) -> Iterator[str]:
    yield from _wrapped(f"Schema report of {facts['source']} ({facts['provider'] or 'provider unknown'})", 0)
    tables, relations = len(facts["tables"]), len(facts["relations"])
    yield f"{_counted(tables, 'table')}, {_counted(relations, 'relation')}."
    if not facts["enforced"]:
        yield from _wrapped(
            "The database enforces none of them (relationMode prisma): what follows is what Prisma's "
            "client does. SQL that does not come from it leaves orphans.",
            0,
        )
    yield ""


def _relations(facts: Facts) -> Iterator[str]:
    if not facts["relations"]:
        return
    yield "Relations, and what deleting their target does"
    for each in facts["relations"]:
        yield from _relation(each)
    yield ""


def _relation(relation: RelationFact) -> Iterator[str]:
    origin = relation["origin"] + ("" if relation["enforced"] else "; not enforced: relationMode prisma")
    left = clean(f"  {relation['name']} -> {relation['target']}")
    right = f"{relation['on_delete']}, {origin}"
    if len(left) < _ACTION and _ACTION + len(right) <= WIDE:
        yield f"{left.ljust(_ACTION)}{right}"
    else:
        yield left
        yield from _wrapped(right, 6)


def _section(grade: Grade, body: Iterator[str]) -> Iterator[str]:
    """Yield a danger: the policy's words, what the schema shows, and the policy's recommendation."""
    level = f" {grade.severity}" if grade.severity else ""
    yield from _wrapped(f"{grade.id}{level}  {grade.title}", 0)
    if not grade.found:
        yield "  This schema shows none."
    yield from body
    if grade.found and grade.risk:
        yield from _field("do", plain_text(grade.risk.recommendation))
        if grade.risk.patterns:
            yield from _field("patterns", ", ".join(grade.risk.patterns))
    yield ""


def _effects(facts: Facts) -> Iterator[str]:
    for table in touching(facts):
        yield f"  Deleting one row of {clean(table['name'])}"
        yield from _field("deletes", "; ".join(_deleted(table)))
        yield from _field("empties", ", ".join(each["name"] for each in table["empties"]))
        yield from _field("stopped by", ", ".join(map(_stop, table["stopped_by"])))
        yield from _field("leaves behind", ", ".join(table["leaves"]))
    for cycle in facts["cycles"]:
        word = "and deletes go round" if cycle["cascades"] else "deletes do not go round"
        yield from _wrapped(f"Circle: {', '.join(cycle['tables'])} ({word})", 2)
    for orphan in facts["orphans"]:
        text = f"{orphan['name']} looks like a reference to {orphan['target']}, and no relation says so"
        yield from _wrapped(f"Orphan: {text}{_at(orphan['path'], orphan['line'])}", 2)


def _deleted(table: TableFact) -> Iterator[str]:
    """Yield the tables that go too: those one key away by name, the others with the way to them."""
    for each in table["deletes"]:
        way = " > ".join(each["path"][1:])
        yield way if each["depth"] == 1 else f"{way} ({each['depth']} deep)"


def _stop(key: KeyFact) -> str:
    inside = ", unless its row goes first" if key["inside"] else ""
    return f"{key['name']} ({key['on_delete']}{inside})"


def _traces(facts: Facts) -> Iterator[str]:
    yield from _wrapped(", ".join(traceless(facts)), 2)
    if facts["logs"]:
        yield from _wrapped(f"Tables named like a log: {', '.join(facts['logs'])}", 2)
    ages = [table["name"] for table in facts["tables"] if not (table["updated"] or table["join"])]
    if ages:
        yield from _wrapped(f"Without a time of the last change: {', '.join(ages)}", 2)


def _unread(facts: Facts) -> Iterator[str]:
    if facts["unread"]:
        yield "Not read, and so not in this report"
    for each in facts["unread"]:
        yield from _wrapped(f"{each['path']}:{each['line']}:{each['column']}: {each['message']}", 2)


def _at(path: str, line: int) -> str:
    return f" ({path}:{line})" if line else ""


def _field(name: str, text: str) -> Iterator[str]:
    if text:
        rows = list(_wrapped(text, _COLUMN + 4))
        yield f"    {name}".ljust(_COLUMN + 4) + rows[0].lstrip()
        yield from rows[1:]


def _wrapped(text: str, indent: int) -> Iterator[str]:
    space = " " * indent
    yield from wrap(clean(text), WIDE, initial_indent=space, subsequent_indent=space, break_on_hyphens=False)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
