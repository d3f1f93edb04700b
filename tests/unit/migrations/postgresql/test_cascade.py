"""What goes with a CASCADE, and what an ONLY leaves."""

import pytest

from tests.unit.migrations.postgresql.reading import read

HISTORY = """
CREATE TABLE t (id serial PRIMARY KEY, a int, b text);
CREATE TABLE kid () INHERITS (t);
CREATE TABLE u (n int DEFAULT nextval('public.t_id_seq'));
CREATE VIEW by_name AS SELECT a FROM t;
CREATE VIEW whole AS SELECT * FROM t;
CREATE VIEW above AS SELECT count(*) AS n FROM by_name;
CREATE VIEW other AS SELECT n AS a FROM u;
"""


@pytest.mark.parametrize(
    ("statement", "views"),
    [
        ("ALTER TABLE t DROP COLUMN a CASCADE", {"other"}),
        ("ALTER TABLE t DROP COLUMN b CASCADE", {"by_name", "above", "other"}),
        ("ALTER TABLE t DROP COLUMN gone CASCADE", {"by_name", "above", "whole", "other"}),
        ("DROP TABLE t CASCADE", {"other"}),
        ("DROP VIEW by_name CASCADE", {"whole", "other"}),
    ],
)
def test_the_views_that_are_left(statement: str, views: set[str]) -> None:
    catalog, _ = read(HISTORY, statement)
    assert {name for kind, name in catalog.things if kind == "view"} == views


@pytest.mark.parametrize(
    ("statement", "default"),
    [
        ("DROP TABLE t CASCADE", ""),
        ("ALTER TABLE t DROP COLUMN id CASCADE", ""),
        ("DROP SEQUENCE t_id_seq CASCADE", ""),
        ("ALTER TABLE t DROP COLUMN a CASCADE", "nextval('public.t_id_seq')"),
        ("DROP SEQUENCE other CASCADE", "nextval('public.t_id_seq')"),
    ],
)
def test_the_default_that_uses_a_sequence(statement: str, default: str) -> None:
    catalog, _ = read(HISTORY, statement)
    assert catalog.tables["u"].columns[0].default == default


@pytest.mark.parametrize(
    ("statement", "columns"),
    [
        ("ALTER TABLE t DROP COLUMN b", ["id", "a"]),
        ("ALTER TABLE ONLY t DROP COLUMN b", ["id", "a", "b"]),
        ("ALTER TABLE ONLY t ALTER COLUMN a SET NOT NULL", ["id", "a", "b"]),
    ],
)
def test_the_columns_of_a_child(statement: str, columns: list[str]) -> None:
    catalog, _ = read(HISTORY, statement)
    assert [each.name for each in catalog.tables["kid"].columns] == columns
    assert not catalog.tables["kid"].columns[1].required
