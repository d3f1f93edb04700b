"""How one schema differs from another is told in the order of the first."""

from handrail.migrations.shape import find_differences
from handrail.migrations.tables import Catalog, Column, Table


def _with(required: bool) -> Catalog:
    columns = tuple(Column(name, "integer", required) for name in ("theme", "lang", "age", "name"))
    return Catalog({"user": Table("user", columns)})


def test_columns_are_told_in_the_order_of_the_table() -> None:
    told = find_differences(_with(required=True), _with(required=False))
    assert [each.partition(" ")[0] for each in told] == ["user.theme", "user.lang", "user.age", "user.name"]
