"""Tables and columns are followed through the operations that rename them."""

from handrail.core.database import Schema, Shape
from handrail.migrations.operations import Operation
from handrail.rehearsal.follow import Pair, follow


def schema(**tables: str) -> Schema:
    """Return a schema of tables with columns, all of type TEXT."""
    shapes = {name: Shape(name, dict.fromkeys(columns.split(), "TEXT")) for name, columns in tables.items()}
    return Schema({}, shapes)


def only(before: Schema, after: Schema, *operations: Operation) -> Pair:
    (pair,) = follow(before, after, operations)
    return pair


def test_a_name_stays_the_same() -> None:
    pair = only(schema(users="id email"), schema(users="email id"))
    assert pair.after is not None
    assert pair.columns == {"id": "id", "email": "email"}


def test_a_column_that_is_gone_has_no_pair() -> None:
    assert only(schema(users="id nick"), schema(users="id")).columns == {"id": "id"}


def test_a_renamed_column_is_followed() -> None:
    rename = Operation("column.rename", "users", "nick", old="nick", new="handle")
    assert only(schema(users="id nick"), schema(users="id handle"), rename).columns["nick"] == "handle"


def test_a_table_that_is_gone_has_no_pair() -> None:
    assert only(schema(users="id"), schema(people="id")).after is None


def test_a_renamed_table_is_followed() -> None:
    rename = Operation("table.rename", "users", old="users", new="people")
    pair = only(schema(users="id"), schema(people="id"), rename)
    assert pair.after is not None
    assert pair.after.name == "people"


def test_two_columns_that_swap_their_names_are_told_apart() -> None:
    swap = (
        Operation("column.rename", "users", "a", old="a", new="b"),
        Operation("column.rename", "users", "b", old="b", new="a"),
    )
    assert only(schema(users="a b"), schema(users="a b"), *swap).columns == {"a": "b", "b": "a"}


def test_a_new_column_under_the_name_of_a_dropped_one_is_not_taken_for_it() -> None:
    rename = Operation("column.rename", "users", "a", old="a", new="b")
    pair = only(schema(users="a b"), schema(users="b"), rename)
    assert pair.columns == {"a": "b"}
