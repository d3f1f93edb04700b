"""The schema of the application against what its migrations make."""

import pytest

from handrail.migrations.model_drift import MOST, find_model_drift
from handrail.migrations.prisma.schema import read_schema
from handrail.migrations.tables import Catalog, Column, ForeignKey, Table

HEAD = 'datasource db {\n  provider = "sqlite"\n  url = "file:x"\n}\n'
USERS = "model users {\n  id Int @id\n  name String?\n  posts posts[]\n}\n"
POSTS = (
    "model posts {\n  id Int @id\n  author Int\n"
    "  user users @relation(fields: [author], references: [id], onDelete: Cascade)\n}\n"
)
ID, NAME = Column("id", "INTEGER", required=True), Column("name", "TEXT")
AUTHOR = Column("author", "INTEGER", required=True)
KEY = ForeignKey(("author",), "users", ("id",), "CASCADE")
T_USERS = Table("users", (ID, NAME), ("id",))
T_POSTS = Table("posts", (ID, AUTHOR), ("id",), (KEY,))


def facts(*tables: Table, head: str = HEAD) -> tuple[str, ...]:
    """Return what is said of the schema when the migrations make ``tables``."""
    schema = read_schema({"schema.prisma": head + USERS + POSTS})
    found = find_model_drift(schema, Catalog({each.name: each for each in tables}), "sqlite")
    assert [each.kind for each in found] in ([], ["model.without_migration"])
    return found[0].facts if found else ()


DIFFERENT: dict[str, tuple[tuple[Table, ...], str]] = {
    "a table that no migration makes": (
        (T_USERS,),
        "The schema has the table posts, and no migration makes it.",
    ),
    "a table too many": (
        (T_USERS, T_POSTS, Table("old")),
        "The migrations make the table old, and the schema does not have it.",
    ),
    "a column that no migration makes": (
        (T_USERS._replace(columns=(ID,)), T_POSTS),
        "The schema has users.name, and no migration makes it.",
    ),
    "a column too many": (
        (T_USERS._replace(columns=(ID, NAME, Column("age"))), T_POSTS),
        "The migrations make users.age, and the schema does not have it.",
    ),
    "optional here, required there": (
        (T_USERS._replace(columns=(ID, NAME._replace(required=True))), T_POSTS),
        "users.name is optional in the schema, and not so in the migrations.",
    ),
    "required here, optional there": (
        (T_USERS, T_POSTS._replace(columns=(ID, AUTHOR._replace(required=False)))),
        "posts.author is required in the schema, and not so in the migrations.",
    ),
    "another rule": (
        (T_USERS, T_POSTS._replace(foreign_keys=(KEY._replace(on_delete="SET NULL"),))),
        "posts (author): ON DELETE CASCADE in the schema, SET NULL in the migrations.",
    ),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_difference_is_told(name: str) -> None:
    tables, told = DIFFERENT[name]
    assert facts(*tables) == (told,)


SAME: dict[str, tuple[Table, ...]] = {
    "the same": (T_USERS, T_POSTS),
    "types": (T_USERS._replace(columns=(ID, NAME._replace(type="BLOB", default="1"))), T_POSTS),
    "a key column that SQLite lets be NULL": (
        T_USERS._replace(columns=(ID._replace(required=False), NAME)),
        T_POSTS,
    ),
    "no key at all": (T_USERS, T_POSTS._replace(foreign_keys=())),
    "Prisma's own table": (T_USERS, T_POSTS, Table("_prisma_migrations")),
    "a virtual table": (T_USERS, T_POSTS, Table("search", kind="virtual")),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_no_drift(name: str) -> None:
    assert facts(*SAME[name]) == ()


@pytest.mark.parametrize(("written", "made"), [("Restrict", "NO ACTION"), ("NoAction", "RESTRICT")])
def test_two_rules_that_refuse_the_same_are_one(written: str, made: str) -> None:
    schema = read_schema({"schema.prisma": HEAD + USERS + POSTS.replace("Cascade", written)})
    posts = T_POSTS._replace(foreign_keys=(KEY._replace(on_delete=made),))
    assert find_model_drift(schema, Catalog({"users": T_USERS, "posts": posts}), "sqlite") == ()


def test_rules_that_the_database_does_not_enforce_are_not_compared() -> None:
    head = HEAD.replace("\n}", '\n  relationMode = "prisma"\n}')
    assert (
        facts(T_USERS, T_POSTS._replace(foreign_keys=(KEY._replace(on_delete="SET NULL"),)), head=head) == ()
    )


@pytest.mark.parametrize(("count", "more"), [(MOST, 0), (MOST + 1, 1), (MOST + 3, 3)])
def test_only_a_few_are_told(count: int, more: int) -> None:
    told = facts(T_USERS, T_POSTS, *(Table(f"x{number}") for number in range(count)))
    assert len(told) == MOST + bool(more)
    assert (told[-1] == f"And {more} differences more.") is bool(more)


@pytest.mark.parametrize("dialect", ["postgresql", "mysql"])
def test_another_provider_is_told_alone(dialect: str) -> None:
    (found,) = find_model_drift(read_schema({"schema.prisma": HEAD + USERS + POSTS}), Catalog(), dialect)
    assert (found.kind, found.old, found.new) == ("model.provider_changed", dialect, "sqlite")
    assert found.facts == (f"The schema is for sqlite, the migrations are for {dialect}.",)


def test_a_schema_that_names_no_provider_is_compared() -> None:
    assert facts(T_USERS, T_POSTS, head="") == ()
