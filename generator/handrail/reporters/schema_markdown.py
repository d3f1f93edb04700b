"""A schema report as Markdown, for a pull request or an issue: a picture, and the same as tables."""

from collections.abc import Iterator, Sequence

from handrail.core.shown import inert
from handrail.migrations.schema_facts import Facts, KeyFact
from handrail.policy.references import plain_text
from handrail.risk.schema_picture import draw_schema
from handrail.risk.schema_risks import TRACE, Grade, touching, traceless

_NONE = "\u2013"


def render_schema_markdown(facts: Facts, grades: Sequence[Grade]) -> str:
    """Return the report as Markdown that GitHub shows, in which names stay what they are."""
    lines = [f"## Schema report: {inert(facts['source'])}", ""]
    lines += ["| Danger | Severity | Found |", "| --- | --- | --- |"]
    lines += [
        f"| {each.id}: {inert(each.title)} | {each.severity or _NONE} | {each.found} |" for each in grades
    ]
    if not facts["enforced"]:
        lines += ["", 'The database enforces no relation (`relationMode = "prisma"`): Prisma\'s client does.']
    picture = draw_schema(facts)
    if picture:
        lines += ["", "```mermaid", picture, "```"]
    lines += [*_effects(facts), *_relations(facts), *_circles(facts), *_orphans(facts)]
    for grade in grades:
        lines += _recommendation(grade, facts)
    lines += _unread(facts)
    return "\n".join(lines) + "\n"


def _effects(facts: Facts) -> Iterator[str]:
    yield from ("", "### What deleting one row does", "")
    yield "| Table | Deletes | Empties | Is stopped by | Leaves behind |"
    yield "| --- | --- | --- | --- | --- |"
    for table in touching(facts):
        deletes = [
            " > ".join(each["path"][1:]) + (f" ({each['depth']} deep)" if each["depth"] > 1 else "")
            for each in table["deletes"]
        ]
        cells = (
            [table["name"]],
            deletes,
            [each["name"] for each in table["empties"]],
            [_stop(each) for each in table["stopped_by"]],
            table["leaves"],
        )
        yield f"| {' | '.join(inert('; '.join(cell)) or _NONE for cell in cells)} |"


def _stop(key: KeyFact) -> str:
    inside = ", unless its row goes first" if key["inside"] else ""
    return f"{key['name']} ({key['on_delete']}{inside})"


def _relations(facts: Facts) -> Iterator[str]:
    yield from (
        "",
        "### Relations",
        "",
        "| Relation | To | On delete | Where from |",
        "| --- | --- | --- | --- |",
    )
    for each in facts["relations"]:
        origin = each["origin"] + ("" if each["enforced"] else "; not enforced: relationMode prisma")
        cells = (each["name"], each["target"], each["on_delete"], origin)
        yield f"| {' | '.join(map(inert, cells))} |"


def _circles(facts: Facts) -> Iterator[str]:
    if facts["cycles"]:
        yield from ("", "### Circles", "")
    for cycle in facts["cycles"]:
        word = "deletes go round" if cycle["cascades"] else "deletes do not go round"
        yield f"- {inert(', '.join(cycle['tables']))}: {word}"


def _orphans(facts: Facts) -> Iterator[str]:
    if facts["orphans"]:
        yield from ("", "### Columns without a relation", "")
    for orphan in facts["orphans"]:
        place = f", `{orphan['path']}:{orphan['line']}`" if orphan["line"] else ""
        yield f"- {inert(orphan['name'])} looks like a reference to {inert(orphan['target'])}{place}"


def _unread(facts: Facts) -> Iterator[str]:
    if facts["unread"]:
        yield from ("", "### Not read", "")
    for each in facts["unread"]:
        yield f"- `{each['path']}:{each['line']}:{each['column']}`: {inert(each['message'])}"


def _recommendation(grade: Grade, facts: Facts) -> Iterator[str]:
    if not grade.found:
        return
    level = f" ({grade.severity})" if grade.severity else ""
    yield from ("", f"### {grade.id}: {inert(grade.title)}{level}")
    if grade.id == TRACE:
        yield from ("", f"Without `deletedAt` or a log of deletes: {inert(', '.join(traceless(facts)))}.")
    if grade.risk:
        yield from ("", inert(plain_text(grade.risk.recommendation)))
