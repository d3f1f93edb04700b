"""handrail classify as a process, on the example application, real git and real files."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.fakes import CHECKOUT
from tests.minimal.builder import command, environment, git, run

EXAMPLE = "examples/meal-planner/prisma/migrations"
DROP = "20251203_141500_drop_user_nickname"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a committed repository with the shipped policy and the example's migrations."""
    shutil.copytree(CHECKOUT / "policies", tmp_path / "policies")
    shutil.copytree(CHECKOUT / EXAMPLE, tmp_path / "backend" / "prisma" / "migrations")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "all")
    return tmp_path


def migration(team: Path, name: str, sql: str) -> str:
    """Write a migration and return its path."""
    path = team / "backend" / "prisma" / "migrations" / name / "migration.sql"
    path.parent.mkdir()
    path.write_text(sql, encoding="utf-8")
    return path.relative_to(team).as_posix()


def classified(team: Path, *words: str, code: int = 0) -> dict[str, Any]:
    """Return what ``--format json`` prints; it is valid by the published schema."""
    done = run(team, "classify", *words, "--format", "json")
    assert (done.code, done.err) == (code, "")
    value: dict[str, Any] = json.loads(done.out)
    schema = json.loads((CHECKOUT / "docs/schemas/classify.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def levels(value: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (name, level) of each migration."""
    return [(each["name"], each["level"]) for each in value["migrations"]]


def test_the_examples_history_has_levels_that_we_would_sign(team: Path) -> None:
    assert levels(classified(team)) == [
        ("20251006_080000_create_recipes", "LOW"),
        ("20251013_093000_create_meal_plans_and_ratings", "LOW"),
        ("20251020_101500_create_ingredient_customizations", "LOW"),
        ("20251103_084500_create_shopping_list", "LOW"),
        ("20251110_130000_index_meal_plans_by_user_and_date", "LOW"),
        ("20251117_100000_default_recipes_to_two_servings", "MEDIUM"),
        ("20251126_090000_add_recipe_notes", "LOW"),
        (DROP, "MEDIUM"),
    ]


def test_a_transactional_runner_makes_the_same_rebuild_critical(team: Path) -> None:
    database = team / "policies" / "database.yaml"
    text = database.read_text(encoding="utf-8")
    database.write_text(text.replace("transaction: false", "transaction: true", 1), encoding="utf-8")
    (last,) = [each for each in classified(team)["migrations"] if each["name"] == DROP]
    assert last["level"] == "CRITICAL"
    (hurt,) = [each for each in last["operations"] if each["kind"] == "table.rebuild.deletes_children"]
    assert "The rows of recipes are deleted." in hurt["facts"]


def test_one_line_of_the_policy_changes_the_level(team: Path) -> None:
    operations = team / "policies" / "operations.yaml"
    before, after = operations.read_text(encoding="utf-8").split("- id: foreign_key.on_delete.cascade", 1)
    changed = after.replace("level: LOW", "level: HIGH", 1)
    operations.write_text(f"{before}- id: foreign_key.on_delete.cascade{changed}", encoding="utf-8")
    assert levels(classified(team))[0] == ("20251006_080000_create_recipes", "HIGH")


def test_text_is_for_people(team: Path) -> None:
    done = run(team, "classify", f"backend/prisma/migrations/{DROP}/migration.sql")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == f"MEDIUM    backend/prisma/migrations/{DROP}/migration.sql"
    assert lines[1] == "  MEDIUM   line 18: column.drop.optional  users.nickname (TEXT)"
    assert lines[2] == "    seen   The column was optional before."
    assert lines[-1] == "1 migration: 1 MEDIUM. Highest: MEDIUM."
    assert "\x1b" not in done.out
    assert max(len(line) for line in lines[1:]) < 80


def test_only_what_is_new_since_a_revision(team: Path) -> None:
    path = migration(team, "20261124_090000_drop_ratings", 'DROP TABLE "recipe_ratings";\n')
    value = classified(team, "--base", "HEAD")
    assert levels(value) == [("20261124_090000_drop_ratings", "CRITICAL")]
    assert value["migrations"][0]["path"] == path
    assert [each["kind"] for each in value["migrations"][0]["operations"]] == [
        "table.drop",
        "history.no_rollback",
    ]


def test_nothing_new(team: Path) -> None:
    assert classified(team, "--base", "HEAD") == {
        "version": 1,
        "level": "LOW",
        "migrations": [],
        "findings": [],
    }
    assert run(team, "classify", "--base", "HEAD").out == "No migration to classify.\n"


def test_an_edited_history(team: Path) -> None:
    path = team / "backend" / "prisma" / "migrations" / DROP / "migration.sql"
    path.write_text(path.read_text(encoding="utf-8") + "SELECT 1;\n", encoding="utf-8")
    value = classified(team, "--base", "HEAD", code=1)
    assert levels(value) == [(DROP, "HIGH")]
    assert value["migrations"][0]["operations"][0]["kind"] == "history.edited"
    assert [(each["code"], each["severity"]) for each in value["findings"]] == [("history.edited", "error")]


def test_a_deleted_migration(team: Path) -> None:
    shutil.rmtree(team / "backend" / "prisma" / "migrations" / DROP)
    value = classified(team, "--base", "HEAD", code=1)
    assert value["level"] == "HIGH"
    assert [each["code"] for each in value["findings"]] == ["history.deleted"]


def test_a_new_one_that_sorts_before_applied_ones(team: Path) -> None:
    migration(team, "20251104_000000_add_shelf", 'ALTER TABLE "recipes" ADD COLUMN "shelf" TEXT;\n')
    value = classified(team, "--base", "HEAD", code=1)
    assert levels(value) == [("20251104_000000_add_shelf", "HIGH")]
    assert [each["code"] for each in value["findings"]] == ["history.out_of_order"]


@pytest.mark.parametrize(("level", "code"), [("LOW", 1), ("MEDIUM", 1), ("HIGH", 0), ("CRITICAL", 0)])
def test_fail_on(team: Path, level: str, code: int) -> None:
    assert run(team, "classify", "--fail-on", level).code == code


def test_standard_input(team: Path) -> None:
    done = subprocess.run(
        command("classify", "--stdin", "--dialect", "postgresql"),
        input=b"CREATE TABLE a (b int); DROP TABLE c;\nTRUNCATE d;\n",
        cwd=team,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"CRITICAL line 2: table.truncate  d" in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere",), "nowhere is not there"),
        (("policies",), "there are no migrations in policies"),
        (("/etc",), "/etc lies outside the repository"),
        (("--fail-on", "HIHG"), "the policy has no level 'HIHG'"),
        (("--base", "nowhere"), "there is no revision 'nowhere'"),
        (("--stdin", "backend"), "--stdin reads one script"),
    ],
)
def test_what_cannot_be_read(team: Path, words: tuple[str, ...], message: str) -> None:
    done = run(team, "classify", *words)
    assert done.code == 2
    assert done.err.startswith(f"handrail: {message}")
    assert "hint: " in done.err
    assert done.out == ""


def test_annotations_name_what_matters_only(team: Path) -> None:
    done = run(team, "classify", "--format", "github")
    titles = [line.partition("title=")[2].partition("::")[0] for line in done.out.splitlines()]
    assert titles == ["column.default.change", "column.drop.optional"]


def test_sarif_is_valid(team: Path) -> None:
    log = json.loads(run(team, "classify", "--format", "sarif").out)
    rules = [each["id"] for each in log["runs"][0]["tool"]["driver"]["rules"]]
    assert "column.drop.optional" in rules
    results = log["runs"][0]["results"]
    (drop,) = [each for each in results if each["ruleId"] == "column.drop.optional"]
    assert drop["locations"][0]["physicalLocation"]["region"]["startLine"] == 18
    assert len({each["partialFingerprints"]["primaryLocationLineHash"] for each in results}) == len(results)


def test_markdown(team: Path) -> None:
    done = run(team, "classify", "--format", "markdown")
    assert done.out.startswith("## Migration risk: MEDIUM\n\n| Level | Migration | Operations |\n")
    assert f"| MEDIUM | `{DROP}` | `column.drop.optional` |" in done.out


def with_schema(team: Path, old: str, new: str) -> None:
    """Lay the example's schema beside its migrations, with one text replaced."""
    text = (CHECKOUT / "examples/meal-planner/prisma/schema.prisma").read_text(encoding="utf-8")
    assert old in text
    schema = team / "backend" / "prisma" / "schema.prisma"
    schema.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_schema_that_its_migrations_make_says_nothing(team: Path) -> None:
    with_schema(team, "", "")
    assert len(classified(team)["migrations"]) == 8


DRIFT = {
    ("  notes       String?\n", ""): ("The migrations make recipes.notes, and the schema does not have it."),
    ("  notes       String?\n", "  notes       String?\n  rating      Int?\n"): (
        "The schema has recipes.rating, and no migration makes it."
    ),
    ("description String?", "description String"): (
        "recipes.description is required in the schema, and not so in the migrations."
    ),
    ("references: [id], onDelete: Cascade)", "references: [id], onDelete: Restrict)"): (
        "recipes (userId): ON DELETE RESTRICT in the schema, CASCADE in the migrations."
    ),
}


@pytest.mark.parametrize("change", DRIFT)
def test_a_schema_that_changed_without_a_migration(team: Path, change: tuple[str, str]) -> None:
    with_schema(team, *change)
    for words in ((), ("--base", "HEAD")):
        last = classified(team, *words)["migrations"][-1]
        assert (last["path"], last["level"]) == ("backend/prisma/schema.prisma", "HIGH")
        assert [(each["kind"], each["facts"]) for each in last["operations"]] == [
            ("model.without_migration", [DRIFT[change]])
        ]


def test_another_provider(team: Path) -> None:
    with_schema(team, 'provider = "sqlite"', 'provider = "postgresql"')
    last = classified(team)["migrations"][-1]
    assert [each["kind"] for each in last["operations"]] == ["model.provider_changed"]


def test_names_that_say_nothing_or_break_the_order(team: Path) -> None:
    migration(team, "20261124120000_fix", "SELECT 1;\n")
    migration(team, "20261199_000000_add_nothing", "SELECT 1;\n")
    found = classified(team, "--base", "HEAD")["findings"]
    assert {each["code"] for each in found} == {"history.name"}
    said = " ".join(each["message"] for each in found)
    assert "20261124120000_fix does not say what it changes" in said
    assert "20261199_000000 in 20261199_000000_add_nothing is no date and time" in said
    assert "mixed, they break the order" in said


def test_a_habit_of_a_whole_history_is_told_once(team: Path) -> None:
    folder = team / "db"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number:04}.sql").write_text(f"CREATE TABLE t{number} (a TEXT);\n", encoding="utf-8")
    found = classified(team, "db", "--dialect", "sqlite")["findings"]
    assert [each["message"] for each in found] == [
        "0000 does not say what it changes, nor do the names of 8 others"
    ]


def test_rows_of_earlier_migrations_do_not_stop_a_later_one(team: Path) -> None:
    folder = team / "db"
    folder.mkdir()
    first = "CREATE TABLE t (a TEXT, b TEXT);\nINSERT INTO t VALUES ('x', NULL), ('x', NULL);\n"
    second = (
        "CREATE TABLE n (a TEXT, b TEXT NOT NULL);\nINSERT INTO n SELECT * FROM t;\n"
        "DROP TABLE t;\nALTER TABLE n RENAME TO t;\nCREATE UNIQUE INDEX t_a ON t (a);\n"
    )
    (folder / "0001_make.sql").write_text(first, encoding="utf-8")
    (folder / "0002_tighten.sql").write_text(second, encoding="utf-8")
    last = classified(team, "db", "--dialect", "sqlite")["migrations"][-1]
    kinds = {each["kind"] for each in last["operations"]}
    assert {"column.null.forbid", "unique.add", "table.rebuild"} <= kinds
    assert last["not_checked"] == []
