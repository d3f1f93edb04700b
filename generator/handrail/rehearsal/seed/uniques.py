"""What must not occur twice in a table: keys, unique sets, partial and expression indexes."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Table
from handrail.rehearsal.seed.evaluation import evaluate
from handrail.rehearsal.seed.expression_parts import Node, columns_of
from handrail.rehearsal.seed.expressions import read_expression
from handrail.rehearsal.seed.functions import UNKNOWN

Row = Mapping[str, Any]


class Unique(NamedTuple):
    """One set. ``columns`` are all that it names; ``folded`` ignores case and blanks at the end."""

    parts: tuple[Node, ...]
    columns: frozenset[str]
    where: Node | None = None
    nulls_alike: bool = False
    folded: bool = False

    @property
    def plain(self) -> frozenset[str] | None:
        """Its columns where it is made of columns alone and holds for all rows."""
        simple = self.where is None and all(each.op == "column" for each in self.parts)
        return self.columns if simple else None

    def key_of(self, row: Row) -> tuple[Any, ...] | None:
        """Return what must be different in every row, None for a row that does not count."""
        if self.where is not None and evaluate(self.where, row) in (False, None):
            return None
        values = tuple(self._value(each, row) for each in self.parts)
        if None in values and not self.nulls_alike:
            return None
        return values

    def _value(self, part: Node, row: Row) -> Any:
        value = row.get(part.value) if part.op == "column" else evaluate(part, row)
        if value is UNKNOWN:  # other values of its columns may come to the same: these do not
            return tuple(row.get(name) for name in sorted(columns_of(part)))
        return value.lower().rstrip(" ") if self.folded and isinstance(value, str) else value


def uniques_of(table: Table, names: Mapping[str, str], dialect: Dialect) -> Iterator[Unique]:
    """Yield the unique sets of a table, its primary key first."""
    if table.primary_key:
        yield _unique(table.primary_key, None, names, dialect)
    for index in table.indexes:
        if index.unique:
            where = read_expression(index.where, dialect, names) if index.where else None
            made = _unique(index.columns, where, names, dialect)
            if made.parts:
                yield made._replace(nulls_alike=index.nulls_alike)


def _unique(
    columns: tuple[str, ...], where: Node | None, names: Mapping[str, str], dialect: Dialect
) -> Unique:
    """Return a set; a part that cannot be read is left out, which makes it stricter."""
    own = frozenset(names.values())
    parts = [
        Node("column", (), each) if each in own else read_expression(_bare(each), dialect, names)
        for each in columns
    ]
    read = tuple(each for each in parts if each is not None and each.op != "unknown")
    folded = dialect == "mysql" or any("NOCASE" in each for each in columns)
    return Unique(read, frozenset[str]().union(*map(columns_of, read)), where, False, folded)


def _bare(part: str) -> str:
    """Return a column of an index without its order and MySQL's length."""
    words = part.split()
    return " ".join(words[:-1]) if words and words[-1].upper() in ("ASC", "DESC") else part
