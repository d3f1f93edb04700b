"""Which statement undoes which operation, in each dialect, and in which order."""

import pytest

from handrail.migrations.inverse import Change, Draft, draft_down
from handrail.migrations.operations import Operation
from handrail.migrations.quotes import Dialect, quoted_table
from handrail.migrations.tables import Catalog, ForeignKey, Index, Label, Table

NOTES = Table(
    "notes",
    indexes=(
        Index("notes_title", ("title",)),
        Index("notes_key", ("key",), unique=True, constraint=True),
        Index("twin_a", ("a", "b")),
        Index("twin_b", ("a", "b")),
    ),
    foreign_keys=(ForeignKey(("user_id",), "users", name="notes_user"),),
)
AUDIT = Table("audit.log", indexes=(Index("log_at", ("at",)),))
AFTER = Catalog({"notes": NOTES, "audit.log": AUDIT}, {"mood": (Label("good"),)})


def change(dialect: Dialect, before: Catalog | None = None, *, drops_columns: bool = True) -> Change:
    empty = Catalog({"notes": Table("notes"), "audit.log": Table("audit.log")})
    return Change(before or empty, AFTER, dialect, drops_columns)


CASES: dict[str, tuple[Dialect, Operation, str]] = {
    "table": ("sqlite", Operation("table.create", "no\"te's"), 'DROP TABLE "no""te\'s";'),
    "table of a schema": ("postgresql", Operation("table.create", "audit.log"), 'DROP TABLE "audit"."log";'),
    "name with a dot": ("sqlite", Operation("table.create", "a.b"), 'DROP TABLE "a.b";'),
    "mysql": ("mysql", Operation("table.create", "no`tes"), "DROP TABLE `no``tes`;"),
    "virtual table": ("sqlite", Operation("virtual_table.create", "found"), 'DROP TABLE "found";'),
    "column": (
        "postgresql",
        Operation("column.add.optional", "notes", "a.b"),
        'ALTER TABLE "notes" DROP COLUMN "a.b";',
    ),
    "column renamed": (
        "mysql",
        Operation("column.rename", "notes", "old", "old", "new"),
        "ALTER TABLE `notes` RENAME COLUMN `new` TO `old`;",
    ),
    "table renamed": (
        "sqlite",
        Operation("table.rename", "memos", "", "memos", "notes"),
        'ALTER TABLE "notes" RENAME TO "memos";',
    ),
    "table of a schema renamed": (
        "postgresql",
        Operation("table.rename", "audit.trail", "", "audit.trail", "audit.log"),
        'ALTER TABLE "audit"."log" RENAME TO "trail";',
    ),
    "index": (
        "sqlite",
        Operation("index.create", "notes", "title", "", "title"),
        'DROP INDEX "notes_title";',
    ),
    "index of a schema": (
        "postgresql",
        Operation("index.create", "audit.log", "at", "", "at"),
        'DROP INDEX "audit"."log_at";',
    ),
    "index of mysql": (
        "mysql",
        Operation("index.create", "notes", "title", "", "title"),
        "DROP INDEX `notes_title` ON `notes`;",
    ),
    "unique constraint": (
        "postgresql",
        Operation("unique.add", "notes", "key", "", "key"),
        'ALTER TABLE "notes" DROP CONSTRAINT "notes_key";',
    ),
    "foreign key": (
        "postgresql",
        Operation("foreign_key.add", "notes", "user_id"),
        'ALTER TABLE "notes" DROP CONSTRAINT "notes_user";',
    ),
    "foreign key of mysql": (
        "mysql",
        Operation("foreign_key.add", "notes", "user_id"),
        "ALTER TABLE `notes` DROP FOREIGN KEY `notes_user`;",
    ),
    "type": ("postgresql", Operation("statement.other", new="mood"), 'DROP TYPE "mood";'),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_certain_has_one_statement(name: str) -> None:
    dialect, operation, statement = CASES[name]
    assert draft_down(change(dialect), (operation,)) == Draft((statement,), ())


UNCERTAIN: dict[str, tuple[Dialect, Operation]] = {
    "a drop": ("sqlite", Operation("table.drop", "notes")),
    "rows": ("postgresql", Operation("rows.update.all", "notes")),
    "not read": ("postgresql", Operation("statement.opaque", new="DO $$")),
    "unique constraint of sqlite": ("sqlite", Operation("unique.add", "notes", "key", "", "key")),
    "foreign key of sqlite": ("sqlite", Operation("foreign_key.add", "notes", "user_id")),
    "one of two alike": ("sqlite", Operation("index.create", "notes", "", "", "a, b")),
    "index that is not there": ("sqlite", Operation("index.create", "notes", "x", "", "x")),
    "index of a table that is not there": ("sqlite", Operation("index.create", "gone", "x", "", "x")),
    "to another schema": (
        "postgresql",
        Operation("table.rename", "notes", "", "notes", "audit.log"),
    ),
    "another statement": ("postgresql", Operation("statement.other", new="mumble")),
    "type that got another name": ("postgresql", Operation("statement.other", old="temper", new="mood")),
}


@pytest.mark.parametrize("name", UNCERTAIN)
def test_what_is_not_certain_is_told(name: str) -> None:
    dialect, operation = UNCERTAIN[name]
    assert draft_down(change(dialect), (operation,)) == Draft((), (operation,))


def test_an_old_sqlite_drops_no_column() -> None:
    operation = Operation("column.add.optional", "notes", "body")
    assert draft_down(change("sqlite", drops_columns=False), (operation,)).without == (operation,)


def test_what_belongs_to_a_new_table_goes_with_it() -> None:
    operations = (
        Operation("table.create", "notes"),
        Operation("index.create", "notes", "title", "", "title"),
        Operation("foreign_key.on_delete.cascade", "notes"),
    )
    assert draft_down(change("sqlite"), operations) == Draft(('DROP TABLE "notes";',), ())


def test_what_hangs_on_another_goes_before_it() -> None:
    operations = (
        Operation("table.create", "users", line=1),
        Operation("table.create", "cards", line=2),
        Operation("table.rename", "memos", "", "memos", "notes", line=3),
        Operation("column.rename", "notes", "old", "old", "title", line=4),
        Operation("column.add.optional", "notes", "user_id", line=5),
        Operation("index.create", "notes", "title", "", "title", line=6),
        Operation("foreign_key.add", "notes", "user_id", line=7),
    )
    assert draft_down(change("postgresql"), operations).statements == (
        'ALTER TABLE "notes" DROP CONSTRAINT "notes_user";',
        'DROP INDEX "notes_title";',
        'ALTER TABLE "notes" DROP COLUMN "user_id";',
        'ALTER TABLE "notes" RENAME COLUMN "title" TO "old";',
        'ALTER TABLE "notes" RENAME TO "memos";',
        'DROP TABLE "cards";',
        'DROP TABLE "users";',
    )


@pytest.mark.parametrize(
    ("dialect", "name", "shown"),
    [
        ("sqlite", 'a"b', '"a""b"'),
        ("postgresql", "audit.log", '"audit"."log"'),
        ("mysql", "shop.a`b", "`shop`.`a``b`"),
    ],
)
def test_a_name_cannot_leave_its_quotes(dialect: Dialect, name: str, shown: str) -> None:
    assert quoted_table(name, dialect) == shown
