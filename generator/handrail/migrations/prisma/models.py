"""The blocks of schema.prisma by name -> tables, without the keys between them."""

from collections.abc import Iterator, Sequence

from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.core.suggest import did_you_mean
from handrail.migrations.prisma.grammar import Attribute, Call, Listed, Quoted, Value
from handrail.migrations.prisma.text import Block, Entry
from handrail.migrations.prisma.types import (
    SCALARS,
    column_type,
    default_of,
    dialect_of,
    identity_of,
    labels_of,
    mapped,
    qualified,
)
from handrail.migrations.tables import Column, Index, Label, Table, Thing

_LONGEST_NAME = {"postgresql": 63, "mysql": 64}
"""Characters of a name that the database keeps; Prisma cuts what is before the suffix."""


class Models:
    """The blocks by name, and what is wrong between them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.findings: list[Finding] = []
        source = next((block for block in blocks if block.kind == "datasource"), None)
        settings = {each.name: each.value for each in source.entries} if source else {}
        self.provider = _text(settings.get("provider", ""))
        default = "prisma" if self.provider == "mongodb" else "foreignKeys"
        self.enforced = _text(settings.get("relationMode", Quoted(default))) != "prisma"
        named: dict[str, Block] = {}
        for block in blocks:
            if block.kind not in ("datasource", "generator"):
                self._name(named, block)
        self.enums = {name: each for name, each in named.items() if each.kind == "enum"}
        self.models = {name: each for name, each in named.items() if each.kind == "model"}
        self.owners = {name: each for name, each in named.items() if each.kind in ("model", "view")}
        self.named = named

    def _name(self, named: dict[str, Block], block: Block) -> None:
        other = named.setdefault(block.name, block)
        if other is not block:
            message = (
                f"'{block.name}' stands here again (first in {other.location.path}:{other.location.line})"
            )
            self.findings.append(
                Finding("prisma.duplicate", message, block.location, hint="Rename one of the two.")
            )

    def is_column(self, entry: Entry) -> bool:
        """Tell whether a field has a column of its own: relations have none."""
        return entry.unsupported or entry.type not in self.owners

    def table(self, block: Block) -> Table:
        """Return the table of a model, without foreign keys."""
        entries = [each for each in block.entries if self.is_column(each)]
        key = self.primary_key(block, entries)
        columns = tuple(self._column(each, alone=key == (mapped(each),)) for each in entries)
        return Table(qualified(block), columns, key, (), tuple(self._indexes(block, entries)))

    def _column(self, entry: Entry, *, alone: bool) -> Column:
        self._know_type(entry)
        kind = column_type(entry, self.provider, self.enums)
        numbered = identity_of(entry, self.provider)
        if not numbered and alone and kind == "INTEGER" and dialect_of(self.provider) == "sqlite":
            numbered = "rowid"
        default = "" if numbered else default_of(entry, self.provider, self.enums)
        return Column(mapped(entry), kind, not (entry.optional or entry.is_list), default, identity=numbered)

    def _know_type(self, entry: Entry) -> None:
        if entry.unsupported or entry.type in SCALARS or entry.type in self.named:
            return
        hint = (
            did_you_mean(entry.type, (*SCALARS, *self.named)) or "Declare it, or write one of Prisma's types."
        )
        message = f"the schema declares no type '{entry.type}'"
        self.findings.append(Finding("prisma.unknown-type", message, entry.location, hint=hint))

    def primary_key(self, block: Block, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Return the columns of a model's primary key."""
        alone = tuple(mapped(each) for each in entries if each.attribute("id"))
        return next((self.columns(block, each) for each in block.all("id")), alone)

    def columns(
        self, block: Block, attribute: Attribute, name: str = "fields", where: Location | None = None
    ) -> tuple[str, ...]:
        """Return the columns that an attribute lists as fields of ``block``; it stands at ``where``."""
        listed = attribute.get(name, first=name == "fields")
        found = {each.name: mapped(each) for each in block.entries}
        names = [word(each) for each in listed.values] if isinstance(listed, Listed) else []
        for each in names:
            if each.partition(".")[0] not in found:
                message = f"'{block.name}' has no field '{each}'"
                place = where or attribute.location or block.location
                hint = did_you_mean(each, found)
                self.findings.append(Finding("prisma.unknown-field", message, place, hint=hint))
        return tuple(found.get(each, each) for each in names)

    def _indexes(self, block: Block, entries: Sequence[Entry]) -> Iterator[Index]:
        table = block.mapped()
        for entry in entries:
            unique = entry.attribute("unique")
            if unique:
                name = unique.text("map") or self.constraint(table, (mapped(entry),), "key")
                yield Index(name, (mapped(entry),), unique=True, method=self._method())
        for kind, suffix in (("unique", "key"), ("index", "idx"), ("fulltext", "idx")):
            for each in block.all(kind):
                columns = self.columns(block, each)
                given = each.text("map") or ("" if kind == "unique" else each.text("name"))
                name = given or self.constraint(table, columns, suffix)
                method = word(each.get("type") or "").lower() or self._method()
                yield Index(name, columns, kind == "unique", method=method)

    def _method(self) -> str:
        """Return what an index is where nothing is said: only PostgreSQL's catalog tells."""
        return "btree" if dialect_of(self.provider) == "postgresql" else ""

    def constraint(self, table: str, columns: Sequence[str], suffix: str) -> str:
        """Return the name that Prisma gives a constraint or an index."""
        name = "_".join((table, *columns))
        longest = _LONGEST_NAME.get(dialect_of(self.provider), len(name) + len(suffix) + 1)
        return f"{name[: longest - len(suffix) - 1]}_{suffix}"

    def labels(self) -> Iterator[tuple[str, tuple[Label, ...]]]:
        """Yield the enums that the database knows."""
        if dialect_of(self.provider) == "postgresql":
            for block in self.enums.values():
                yield qualified(block), tuple(map(Label, labels_of(block)))

    def views(self) -> Iterator[tuple[tuple[str, str], Thing]]:
        """Yield the views; Prisma does not know their text."""
        for block in self.owners.values():
            if block.kind == "view":
                yield ("view", qualified(block)), Thing("view", qualified(block))


def word(value: Value) -> str:
    """Return a name, or that of a field with settings: ``title(sort: Desc)``."""
    return value.name if isinstance(value, Call) else str(value) if isinstance(value, str) else ""


def _text(value: Value) -> str:
    return value.text if isinstance(value, Quoted) else ""
