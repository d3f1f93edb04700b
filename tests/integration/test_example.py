"""The example application: its whole history applies, its seed fits, its delete rules do what we say."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from handrail.commands.schema_source import facts_of_texts
from handrail.migrations.prisma.schema import read_schema
from handrail.migrations.schema_facts import TableFact
from handrail.migrations.sqlite.catalog import catalog_of

PRISMA = Path(__file__).resolve().parents[2] / "examples" / "meal-planner" / "prisma"
MIGRATIONS = sorted(path.parent for path in PRISMA.glob("migrations/*/migration.sql"))
WITH_DOWN = [folder for folder in MIGRATIONS if (folder / "down.sql").exists()]
Catalog = dict[str, frozenset[tuple[object, ...]]]


def apply(database: sqlite3.Connection, script: Path) -> None:
    """Run ``script`` as Prisma does: statement by statement, without a transaction around it."""
    database.executescript(script.read_text(encoding="utf-8"))


def catalog(database: sqlite3.Connection) -> Catalog:
    """Return the columns, keys and indexes of every table, regardless of the columns' order."""
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: frozenset(
            [
                *database.execute(
                    'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (table,)
                ),
                *database.execute(
                    'SELECT "from", "table", on_delete FROM pragma_foreign_key_list(?)', (table,)
                ),
                *database.execute('SELECT name, "unique" FROM pragma_index_list(?)', (table,)),
            ]
        )
        for table in tables
    }


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a migrated and seeded database with foreign keys on."""
    connection = sqlite3.connect(tmp_path / "app.db", isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    for folder in MIGRATIONS:
        apply(connection, folder / "migration.sql")
    apply(connection, PRISMA / "seed.sql")
    yield connection
    connection.close()


def one(database: sqlite3.Connection, query: str) -> object:
    """Return the only value of the first row."""
    return database.execute(query).fetchone()[0]


def test_history_and_seed_leave_no_orphan(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert one(database, "PRAGMA integrity_check") == "ok"


def test_history_makes_the_tables_of_the_schema(database: sqlite3.Connection) -> None:
    schema = (PRISMA / "schema.prisma").read_text(encoding="utf-8")
    mapped = {line.split('"')[1] for line in schema.splitlines() if "@@map" in line}
    assert len(mapped) == schema.count("\nmodel ") == 10
    assert set(catalog(database)) == mapped


def test_delete_rules_are_those_of_the_schema(database: sqlite3.Connection) -> None:
    keys = database.execute(
        'SELECT m.name, f."from", f.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) f'
    )
    assert sorted(keys) == [
        ("ingredient_customizations", "ingredientId", "CASCADE"),
        ("ingredient_customizations", "userId", "CASCADE"),
        ("ingredients", "categoryId", "SET NULL"),
        ("meal_plans", "recipeId", "RESTRICT"),
        ("meal_plans", "userId", "CASCADE"),
        ("recipe_ingredients", "ingredientId", "RESTRICT"),
        ("recipe_ingredients", "recipeId", "CASCADE"),
        ("recipe_instructions", "recipeId", "CASCADE"),
        ("recipe_ratings", "recipeId", "CASCADE"),
        ("recipe_ratings", "userId", "CASCADE"),
        ("recipes", "userId", "CASCADE"),
    ]


def test_every_table_has_rows(database: sqlite3.Connection) -> None:
    for table in catalog(database):
        assert one(database, f'SELECT count(*) FROM "{table}"'), table  # noqa: S608  # our own table names


def test_deleting_a_user_leaves_the_shopping_list_behind(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM users WHERE id = 'u-cleo'")
    assert one(database, "SELECT count(*) FROM recipes WHERE userId = 'u-cleo'") == 0
    assert one(database, "SELECT count(*) FROM shopping_list_items WHERE userId = 'u-cleo'") == 2
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_somebody_elses_plan_blocks_deleting_the_account(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("DELETE FROM users WHERE id = 'u-ann'")
    database.execute("DELETE FROM meal_plans WHERE userId <> 'u-ann'")
    database.execute("DELETE FROM users WHERE id = 'u-ann'")


@pytest.mark.parametrize("folder", WITH_DOWN, ids=[folder.name for folder in WITH_DOWN])
def test_rollback_restores_the_schema(folder: Path, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "app.db", isolation_level=None)
    for earlier in MIGRATIONS[: MIGRATIONS.index(folder)]:
        apply(database, earlier / "migration.sql")
    before = catalog(database)
    apply(database, folder / "migration.sql")
    assert catalog(database) != before
    apply(database, folder / "down.sql")
    assert catalog(database) == before
    database.close()


SCHEMA = PRISMA / "schema.prisma"


def facts() -> dict[str, TableFact]:
    """Return what schema-report says of each table, by its name in the database."""
    read = facts_of_texts("schema.prisma", {"schema.prisma": SCHEMA.read_text(encoding="utf-8")})
    assert read["unread"] == []
    return {table["table"]: table for table in read["tables"]}


def counts(database: sqlite3.Connection) -> dict[str, object]:
    return {table: one(database, f'SELECT count(*) FROM "{table}"') for table in facts()}  # noqa: S608  # our own names


def test_the_report_says_which_rows_go_with_a_user_and_which_stay(database: sqlite3.Connection) -> None:
    said = facts()["users"]
    names = {table["name"]: name for name, table in facts().items()}
    before = counts(database)
    database.execute("DELETE FROM users WHERE id = 'u-cleo'")
    after = counts(database)
    fewer = {table for table in before if after[table] != before[table]}
    assert fewer <= {"users", *(names[each["name"]] for each in said["deletes"])}
    assert "recipe_ingredients" in fewer
    assert said["leaves"] == ["IngredientCategory.userId", "ShoppingListItem.userId"]
    for left in ("ingredient_categories", "shopping_list_items"):
        assert one(database, f"SELECT count(*) FROM {left} WHERE userId = 'u-cleo'")  # noqa: S608  # our own names
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_report_says_what_stops_a_delete(database: sqlite3.Connection) -> None:
    assert [each["name"] for each in facts()["users"]["stopped_by"]] == ["MealPlan.recipe"]
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("DELETE FROM users WHERE id = 'u-ann'")
    database.execute("UPDATE meal_plans SET recipeId = 'r-rice'")
    database.execute("DELETE FROM users WHERE id = 'u-ann'")


def test_the_migrated_database_is_the_one_that_the_schema_describes(database: sqlite3.Connection) -> None:
    read = read_schema({"schema.prisma": SCHEMA.read_text(encoding="utf-8")}).catalog
    there = catalog_of(lambda query: database.execute(query).fetchall())
    assert read.tables.keys() == there.tables.keys()
    for name, table in read.tables.items():
        found = there.tables[name]
        assert sorted(map(str, table.columns)) == sorted(map(str, found.columns))
        assert sorted(map(str, table.indexes)) == sorted(map(str, found.indexes))
        assert table.primary_key == found.primary_key
        keys = [key._replace(stated=True) for key in table.foreign_keys]  # Prisma writes its defaults too
        assert sorted(map(str, keys)) == sorted(map(str, found.foreign_keys))
