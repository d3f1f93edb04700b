"""handrail classify over ports in memory: which files are read, as what, and what the exit code is."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from handrail.adapters.scratch import open_scratch
from handrail.commands.classify import ClassifyOptions, World, classify
from handrail.commands.outcome import Outcome
from handrail.core.errors import HandrailError
from handrail.migrations.snapshots import Snapshots
from tests.fakes import CHECKOUT, MemoryCache, MemoryFiles, MemoryRepository, StoppingClock

POLICY = {
    path.relative_to(CHECKOUT).as_posix(): path.read_bytes()
    for path in (CHECKOUT / "policies").rglob("*.yaml")
}
MAKE = b"CREATE TABLE t (a TEXT, b TEXT);\n"
DROP = b"DROP TABLE t;\n"
DB = {"db/0001_make_t.sql": MAKE, "db/0002_drop_t.sql": DROP}


def world(files: Mapping[str, bytes], base: Mapping[str, bytes] | None = None) -> World:
    repository = MemoryRepository({} if base is None else {"main": base})
    return World(MemoryFiles({**POLICY, **files}), repository, StoppingClock(()), open_scratch, MemoryCache())


def run(
    files: Mapping[str, bytes], *paths: str, base: Mapping[str, bytes] | None = None, **more: Any
) -> Outcome:
    options = ClassifyOptions(paths, base="" if base is None else "main", **{"form": "json", **more})
    return classify(world(files, base), options, Snapshots())


def levels(outcome: Outcome) -> dict[str, str]:
    """Return path -> level."""
    return {each["path"]: each["level"] for each in json.loads(outcome.text)["migrations"]}


def codes(outcome: Outcome) -> list[str]:
    return [each["code"] for each in json.loads(outcome.text)["findings"]]


# --- which files ---


@pytest.mark.parametrize("path", ["db", "db/", "./db", "./db/"])
def test_a_folder_is_its_history(path: str) -> None:
    assert levels(run(DB, path, dialect="sqlite")) == {
        "db/0001_make_t.sql": "LOW",
        "db/0002_drop_t.sql": "CRITICAL",
    }


def test_one_file_is_judged_on_the_history_before_it() -> None:
    assert levels(run(DB, "db/0002_drop_t.sql", dialect="sqlite")) == {"db/0002_drop_t.sql": "CRITICAL"}


def test_a_file_of_a_folder_of_its_own_belongs_to_the_history_above() -> None:
    files = {f"db/{name}/migration.sql": sql for name, sql in (("1_make", MAKE), ("2_drop", DROP))}
    found = run(files, "db/2_drop/migration.sql", dialect="sqlite")
    assert levels(found) == {"db/2_drop/migration.sql": "CRITICAL"}
    assert '"kind": "table.drop"' in found.text


def test_the_policy_says_where_migrations_are() -> None:
    files = {"backend/prisma/migrations/20260101_000000_make_t/migration.sql": MAKE}
    assert levels(run(files)) == {"backend/prisma/migrations/20260101_000000_make_t/migration.sql": "LOW"}


PROBLEMS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing there": ({"paths": ("nowhere",)}, "nowhere is not there"),
    "no migration": ({"paths": ("policies",)}, "there are no migrations in policies"),
    "no level": ({"paths": ("db",), "fail_on": "WILD"}, "the policy has no level 'WILD'"),
    "a level misspelt": ({"paths": ("db",), "fail_on": "HIHG"}, "the policy has no level 'HIHG'"),
    "no revision": ({"paths": ("db",), "base": "other"}, "there is no revision 'other'"),
}
HINTS = {"a level misspelt": "Did you mean 'HIGH'?", "no level": "There are LOW, MEDIUM, HIGH, CRITICAL."}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_cannot_be_read_is_said(name: str) -> None:
    words, message = PROBLEMS[name]
    with pytest.raises(HandrailError) as caught:
        classify(world(DB, {}), ClassifyOptions(**words), Snapshots())
    assert str(caught.value) == message
    assert HINTS.get(name, "") in caught.value.hint


def test_a_policy_that_cannot_be_read_judges_nothing() -> None:
    files = MemoryFiles({**POLICY, **DB, "policies/roles.yaml": b"roles: ["})
    broken = world(DB)._replace(files=files)
    with pytest.raises(HandrailError, match="the policy cannot be read"):
        classify(broken, ClassifyOptions(("db",)), Snapshots())


# --- as what ---


@pytest.mark.parametrize(
    ("given", "said"),
    [("sqlite", "sqlite"), ("mysql", "mysql"), ("postgresql", "postgresql"), (None, "sqlite")],
)
def test_standard_input_has_the_dialect_of_the_policy_or_the_one_given(given: Any, said: str) -> None:
    value = json.loads(run({}, script="SELECT 1;", dialect=given).text)
    assert [(each["path"], each["dialect"]) for each in value["migrations"]] == [("<stdin>", said)]


def test_names_of_standard_input_are_not_judged() -> None:
    assert codes(run({}, script="SELECT 1;")) == []


# --- exit code ---


@pytest.mark.parametrize(
    ("fail_on", "code"), [("", 0), ("LOW", 1), ("MEDIUM", 1), ("HIGH", 1), ("CRITICAL", 1)]
)
def test_a_level_fails_from_the_one_named_on(fail_on: str, code: int) -> None:
    assert run(DB, "db", dialect="sqlite", fail_on=fail_on).code == code


@pytest.mark.parametrize(("fail_on", "code"), [("LOW", 1), ("MEDIUM", 0), ("CRITICAL", 0)])
def test_a_lower_level_does_not_fail(fail_on: str, code: int) -> None:
    assert run({"db/0001_make_t.sql": MAKE}, "db", dialect="sqlite", fail_on=fail_on).code == code


# --- since a revision ---


def test_only_what_is_new_is_shown() -> None:
    base = {"db/0001_make_t.sql": MAKE}
    found = run(DB, "db", base=base, dialect="sqlite")
    assert levels(found) == {"db/0002_drop_t.sql": "CRITICAL"}
    assert (found.code, codes(found)) == (0, [])


def test_a_branch_without_a_new_one_is_fine() -> None:
    found = run(DB, "db", base=DB, dialect="sqlite", fail_on="LOW")
    assert levels(found) == {}
    assert found.code == 1  # nothing at all has the lowest level


PASTS: dict[str, tuple[dict[str, bytes], dict[str, bytes], str, str]] = {
    "edited": ({"db/0001_make_t.sql": b"SELECT 1;"}, DB, "history.edited", "db/0001_make_t.sql"),
    "deleted": ({**DB, "db/0003_more.sql": b""}, DB, "history.deleted", "db/0003_more.sql"),
    "squeezed in": ({"db/0002_drop_t.sql": DROP}, DB, "history.out_of_order", "db/0001_make_t.sql"),
}


@pytest.mark.parametrize("name", PASTS)
def test_a_changed_past_is_an_error_and_an_operation(name: str) -> None:
    base, head, code, path = PASTS[name]
    found = run(head, "db", base=base, dialect="sqlite")
    value = json.loads(found.text)
    (migration,) = [each for each in value["migrations"] if each["path"] == path]
    assert code in [each["kind"] for each in migration["operations"]]
    assert migration["level"] == "HIGH"
    assert code in codes(found)
    assert found.code == 1


def test_a_renamed_migration_was_deleted_and_runs_again() -> None:
    base = {"db/0001_make_t.sql": MAKE, "db/0002_make_u.sql": b"CREATE TABLE u (a);"}
    head = {"db/0001_make_t.sql": MAKE, "db/0002_make_all.sql": b"CREATE TABLE u (a);"}
    found = run(head, "db", base=base, dialect="sqlite")
    assert levels(found) == {"db/0002_make_all.sql": "HIGH"}
    assert codes(found) == ["history.deleted"]


# --- formats ---


@pytest.mark.parametrize(
    ("form", "severities"),
    [
        ("sarif", {"note", "warning"}),
        ("github", {"warning"}),
        ("text", set()),
        ("json", set()),
        ("markdown", set()),
    ],
)
def test_formats_of_findings_get_findings(form: str, severities: set[str]) -> None:
    outcome = run(DB, "db", dialect="sqlite", form=form)
    assert {each.severity for each in outcome.findings} == severities
    assert bool(outcome.text) is not bool(severities)


# --- the cache of the rules ---


def test_rules_are_kept_until_a_policy_file_changes() -> None:
    sql = b"CREATE TABLE u (a TEXT REFERENCES t (a) ON DELETE CASCADE);"
    files, cache = MemoryFiles({**POLICY, **DB, "db/0003_make_u.sql": sql}), MemoryCache()
    there = world({})._replace(files=files, cache=cache)
    options = ClassifyOptions(("db",), dialect="sqlite", form="json")
    first, kept = classify(there, options, Snapshots()), cache.data
    assert classify(there, options, Snapshots()) == first
    assert (levels(first)["db/0003_make_u.sql"], cache.data) == ("LOW", kept)
    start, mark, rest = files.files["policies/operations.yaml"].partition(
        b"- id: foreign_key.on_delete.cascade"
    )
    changed = start + mark + rest.replace(b"level: LOW", b"level: HIGH", 1)
    files.files["policies/operations.yaml"] = changed
    second = classify(there, options, Snapshots())
    assert levels(second)["db/0003_make_u.sql"] == "HIGH"
    assert cache.data != kept


@pytest.mark.parametrize("damage", [b"", b"x", b"\x80\x05"])
def test_a_damaged_cache_is_none(damage: bytes) -> None:
    there = world(DB)
    assert isinstance(there.cache, MemoryCache)
    there.cache.data = damage
    assert classify(there, ClassifyOptions(("db",), dialect="sqlite"), Snapshots()).code == 0


# --- the schema beside the migrations ---

SCHEMA = (
    b'datasource db {\n  provider = "sqlite"\n  url = "file:x"\n}\nmodel t {\n  a String?\n  id Int @id\n}\n'
)
APP = {"app/migrations/1_make_t/migration.sql": b"CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT);"}


@pytest.mark.parametrize(
    ("files", "facts"),
    [
        ({"app/schema.prisma": SCHEMA}, []),
        ({}, []),
        (
            {"app/schema.prisma": SCHEMA.replace(b"a String?", b"a String?\n  b Int?")},
            ["The schema has t.b, and no migration makes it."],
        ),
        (
            {
                "app/a.prisma": SCHEMA.replace(b"  a String?\n", b""),
                "app/b.prisma": b"model u {\n  id Int @id\n}\n",
            },
            [
                "The migrations make t.a, and the schema does not have it.",
                "The schema has the table u, and no migration makes it.",
            ],
        ),
    ],
)
def test_a_schema_that_differs_from_its_migrations_is_told(files: Any, facts: list[str]) -> None:
    value = json.loads(run({**APP, **files}, "app/migrations", dialect="sqlite").text)
    told = [
        each["facts"] for one in value["migrations"] for each in one["operations"] if "model" in each["kind"]
    ]
    assert told == ([facts] if facts else [])


def test_a_schema_is_not_asked_about_one_script() -> None:
    files = {**APP, "app/schema.prisma": SCHEMA.replace(b"a String?", b"b Int?")}
    assert len(levels(run(files, "app/migrations/1_make_t/migration.sql", dialect="sqlite"))) == 1
    assert len(levels(run(files, "app/migrations", dialect="sqlite"))) == 2
