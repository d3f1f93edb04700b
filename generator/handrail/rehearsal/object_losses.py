"""What a migration did to the objects of a schema, against what its own words say."""

import re
from collections.abc import Iterator, Mapping

from handrail.core.finding import Finding
from handrail.rehearsal.look import Look
from handrail.rehearsal.losses import Script
from handrail.rehearsal.objects import Difference, differences

_SAYS: Mapping[str, tuple[str, ...]] = {
    "column": ("column.", "table.", "identity.", "virtual_table.", "enum.", "statement.other"),
    "primary key": ("primary_key.",),
    "foreign key": ("foreign_key.",),
    "unique": ("unique.",),
    "check": ("check.", "exclusion."),
    "option": ("table.option.", "table.charset.", "partition.", "security."),
    "type": ("enum.", "statement.other", "schema."),
    "sequence": ("sequence.", "identity.", "table.", "column.", "schema.", "statement.other"),
    "table": ("table.", "virtual_table.", "partition.", "schema."),
}
"""Kinds of items that need no name, or go with others -> how the operations begin that say so."""

_BY_DEFINITION = frozenset(
    {"primary key", "foreign key", "unique", "check", "exclusion", "index", "sequence"}
)
"""Kinds whose names count for little: the same definition on the same table is the same thing."""

_REPLACED_ONLY_BY_DROPPING = frozenset(
    {"index", "unique", "foreign key", "check", "exclusion", "trigger", "policy"}
)
_ALWAYS_TOLD = frozenset({"owner", "option"})
_NAMELESS = re.compile("[(:]")
"""Stands in the name of a constraint that has none: its columns or its condition tell it apart."""

_REBUILD_LOSES = "table.rebuild.loses_trigger_or_index"
_HUNG_ON_IT = frozenset({"index", "unique", "trigger"})
_PROTECTS = (
    "column.default.drop", "column.default.change", "column.null.allow", "column.collation.change",
    "column.generated.change", "identity.change",
)  # fmt: skip
"""What a column loses in a rebuild without a word: named even where the schema shows it."""

_OUTRIGHT = frozenset({"column.default.change", "column.null.allow"})
"""Those of them that are meant where ALTER COLUMN says so."""


def find_object_losses(script: Script, before: Look, after: Look) -> Iterator[Finding]:
    """Yield objects of the schema that are gone or other, where the script does not name them outright."""
    rebuilt = {each.table for each in script.tried.operations if each.kind == _REBUILD_LOSES}
    for each in script.tried.operations:
        if each.kind == _REBUILD_LOSES:
            message = f"The rebuild of {each.table} loses what hung on it: {' '.join(each.facts)}"
            hint = "Make it again at the end of the script."
            yield script.finding("rehearsal.object-lost", message, "error", each.line, hint)
    yield from _columns(script, before, after)
    for difference in _unexplained(script, before, after):
        table = _table_of(difference, before)
        if difference.kind in _HUNG_ON_IT and not difference.new and table in rebuilt:
            continue
        yield from _judged(script, difference, table)


def _columns(script: Script, before: Look, after: Look) -> Iterator[Finding]:
    """Yield what columns lost of their definition."""
    for each in script.tried.operations:
        key = ("column", f"{each.table}.{each.column}")
        if key in before.schema.items and before.schema.items[key] == after.schema.items.get(key):
            continue  # it went, and came back as it was
        new = each.kind == "column.default.change" and not each.old
        meant = new or (each.kind in _OUTRIGHT and _altered(script.text, each.column))
        if each.kind in _PROTECTS and each.column and not meant:
            change = f", was {each.old}" if each.old else ""
            message = f"{each.kind}: {each.table}.{each.column}{change}."
            yield script.finding(
                "rehearsal.object-changed", message, "warning", each.line, "See that it is meant."
            )


def _altered(text: str, column: str) -> bool:
    name = rf"[\"`]?{re.escape(column)}[\"`]?"
    return bool(re.search(rf"\bALTER\s+(?:COLUMN\s+)?{name}\s+(?:SET|DROP)\b", text, re.IGNORECASE))


def _unexplained(script: Script, before: Look, after: Look) -> Iterator[Difference]:
    """Yield what is gone or other, without what lives on under another name or went with its table."""
    found = differences(before.schema, after.schema)
    new_names = _new_names(script)
    come = {_identity(each.kind, each.name, each.new, {}) for each in found if each.new and not each.old}
    for each in found:
        table = _table_of(each, before)
        if not each.old:
            if each.kind == "option" and _existed(each.name, before):
                yield each
            continue
        if not each.new and _identity(each.kind, each.name, each.old, new_names) in come:
            continue
        gone = table and new_names.get(table, table) not in after.schema.tables
        if not (gone or _went_with_its_object(each, after)):
            yield each


def _new_names(script: Script) -> Mapping[str, str]:
    renames = ("table.rename", "column.rename")
    return {each.old: each.new for each in script.tried.operations if each.kind in renames}


def _identity(kind: str, name: str, text: str, new_names: Mapping[str, str]) -> tuple[str, str, str]:
    """Return what makes an object the same one, under the names of afterwards."""
    if kind in _BY_DEFINITION and not _NAMELESS.search(name):
        table, _, own = name.rpartition(".")
        if kind == "index":
            text = re.sub(rf'(INDEX ){re.escape(own)}( ON)|(INDEX )"{re.escape(own)}"( ON)', "INDEX ON", text)
        name = "" if kind == "sequence" else table
    return kind, _renamed(name, new_names), _renamed(text, new_names)


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), text) if names else text


def _existed(name: str, before: Look) -> bool:
    return any(name.startswith(f"{each}.") for each in before.schema.tables)


def _went_with_its_object(difference: Difference, after: Look) -> bool:
    """Tell whether it is a right, an owner or a column's right of what is told to be gone itself."""
    if difference.new:
        return False
    if difference.kind == "owner":
        return True
    if difference.kind != "grant":
        return False
    names = {name for kind, name in after.schema.items if kind not in ("grant", "owner")}
    names |= after.schema.tables.keys()
    return not any(difference.name.startswith(f"{each}.") for each in names)


def _table_of(difference: Difference, before: Look) -> str:
    """Return the table that an object belongs to, '' where it belongs to none."""
    fits = [
        each for each in before.schema.tables if re.match(rf"{re.escape(each)}(?:[.(:]|$)", difference.name)
    ]
    if not fits and difference.kind in ("index", "trigger"):
        fits = [
            each
            for each in before.schema.tables
            if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", difference.old)
        ]
    return max(fits, key=len, default="")


def _judged(script: Script, difference: Difference, table: str) -> Iterator[Finding]:
    """Yield what is said of a difference: nothing where the script names it outright."""
    hint = "See that it is meant."
    line = script.line(table) if table else 1
    replaced = difference.new and difference.old and difference.kind in _REPLACED_ONLY_BY_DROPPING
    told = difference.kind in _ALWAYS_TOLD and (difference.new or _named_outright(script, difference))
    if replaced or told:
        yield script.finding("rehearsal.object-changed", f"The {difference}.", "warning", line, hint)
    elif difference.new or _named_outright(script, difference):
        return
    elif _operation_says(script, difference, table):
        if difference.kind not in ("column", "sequence", "type", "table"):
            yield script.finding("rehearsal.object-changed", f"The {difference}.", "warning", line, hint)
    else:
        severity = "warning" if script.tried.opaque else "error"
        hint = "No statement that Handrail reads says so."
        yield script.finding("rehearsal.object-lost", f"The {difference}.", severity, line, hint)  # type: ignore[arg-type]


def _named_outright(script: Script, difference: Difference) -> bool:
    """Tell whether the script names an object that is gone: whoever names it means it."""
    if difference.kind in ("column", "table", "primary key"):
        return False
    if difference.kind == "option":
        return difference.name.endswith(".row security") and script.says("ROW LEVEL SECURITY")
    own = difference.name.partition("(")[0] if difference.kind == "function" else difference.name
    own = own.rpartition(".")[2]
    return not _NAMELESS.search(own) and script.says(own)


def _operation_says(script: Script, difference: Difference, table: str) -> bool:
    """Tell whether the classifier's net effect has it, of an object without a name of its own."""
    starts = _SAYS.get(difference.kind, ())
    named = difference.kind in _BY_DEFINITION and "." in difference.name
    same = (each for each in script.tried.operations if not table or each.table in ("", table))
    return bool(starts) and not named and any(each.kind.startswith(starts) for each in same)
