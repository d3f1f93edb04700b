"""The commands of the checklists and the guide are run: on real databases, and in a real clone.

``meanwhile`` stands for the runner, which needs a network or a program of the team's.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.integration.procedures import (
    ENGINES,
    Block,
    Terminal,
    assert_prints,
    blocks_of,
    prints_as_promised,
    read_policy,
    run_bash,
    run_block,
)
from tests.integration.servers import Target, sqlite_target
from tests.integration.stories import HALF, SUSPECT, healthy, sql
from tests.minimal.builder import git

ONLINE = ("npx ", "gh ", "your-runner ", "git ", "handrail ")
MIGRATIONS = "backend/prisma/migrations"
GOOD = "20251126_090000_add_recipe_notes"


def items(checklist: str, engine: str, orm: str = "prisma") -> dict[str, list[Block]]:
    """Return the commands of each item of a checklist that run offline on ``engine``, by the item's id."""
    (found,) = [each for each in read_policy("checklists.yaml")["checklists"] if each["id"] == checklist]
    return {
        item["id"]: [
            block
            for block in blocks_of(f"{checklist}: {item['id']}", item.get("commands", ()), engine, orm)
            if not block.run.startswith(ONLINE) and "npx" not in block.run
        ]
        for item in found["items"]
    }


def guide_steps(engine: str) -> dict[str, list[Block]]:
    """Return the commands of each step of the full process that run offline on ``engine``."""
    return {
        step["id"]: [
            block
            for block in blocks_of(f"guide: {step['id']}", step.get("commands", ()), engine)
            if "npx" not in block.run and "git " not in block.run and not block.run.startswith("handrail ")
        ]
        for step in read_policy("guide.yaml")["full_process"]["steps"]
    }


def terminal(target: Target) -> Terminal:
    """Return a terminal in which the names are set that the texts ask for."""
    opened = Terminal(target)
    opened.state.write_text(f"export DOWN=prisma/migrations/{SUSPECT}/down.sql\n", encoding="utf-8")
    return opened


def apply_to_copy(target: Target, opened: Terminal, script: str = "") -> None:
    """Do what the runner does: run the migration on the copy. ``script`` follows it."""
    migration = target.folder / "prisma" / "migrations" / SUSPECT / "migration.sql"
    whole = target.folder / "whole.sql"
    whole.write_text(f"{migration.read_text(encoding='utf-8')}\n{script}", encoding="utf-8")
    client = {"sqlite": "sqlite3 -bail copy.db", "postgresql": 'psql -Xq -v ON_ERROR_STOP=1 "$COPY"'}
    opened.run(Block("runner", None, "shell", f"{client[target.engine]} < whole.sql", None))


def follow(
    steps: Mapping[str, list[Block]], opened: Terminal, after: Mapping[str, Callable[[], object]]
) -> dict[str, str]:
    """Work the steps down; every command must print what is promised. Return what each step printed."""
    printed: dict[str, str] = {}
    for step, blocks in steps.items():
        for block in blocks:
            said = opened.run(block)
            assert_prints(block, said)
            printed[step] = printed.get(step, "") + said
        after.get(step, lambda: None)()
    return printed


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("orm", ["prisma", "none"])
def test_local_testing_is_followed_on_a_database(orm: str, target: Target) -> None:
    healthy(target, orm)
    opened = terminal(target)
    printed = follow(
        items("local-testing", target.engine, orm),
        opened,
        {"applied-to-a-copy": lambda: apply_to_copy(target, opened)},
    )
    lines = printed["existing-data-handled"].splitlines()
    half = len(lines) // 2
    assert lines[:half] == lines[half:] != []


@pytest.mark.parametrize("engine", ENGINES)
def test_local_testing_sees_a_changed_value_and_a_schema_that_is_not_back(target: Target) -> None:
    healthy(target)
    opened = terminal(target)

    def change() -> None:
        apply_to_copy(target, opened, """UPDATE "recipes" SET "title" = 'other' WHERE "id" = 'r-1';""")
        (target.folder / "prisma" / "migrations" / SUSPECT / "down.sql").write_text("", encoding="utf-8")

    steps = items("local-testing", target.engine)
    surprised = steps.pop("rollback-tried")
    printed = follow(steps, opened, {"applied-to-a-copy": change})
    lines = printed["existing-data-handled"].splitlines()
    half = len(lines) // 2
    assert lines[:half] != lines[half:]
    assert not all(prints_as_promised(block, opened.run(block)) for block in surprised)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("orm", ["prisma", "none"])
def test_deploy_is_followed_on_a_healthy_database(orm: str, target: Target) -> None:
    healthy(target, orm)
    printed = follow(items("deploy", target.engine, orm), terminal(target), {})
    *_, live, restored, _ = printed["backup-verified"].splitlines()
    assert live == restored


@pytest.mark.parametrize("engine", ENGINES)
def test_deploy_sees_what_a_migration_left_behind(target: Target) -> None:
    healthy(target)
    broken = HALF[target.engine]
    if target.engine == "postgresql":
        broken += 'CREATE INDEX "half_idx" ON "users" ("email");'
        broken += """UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"half_idx"'::regclass;"""
    run_block(sql(broken), target)
    checks = items("deploy", target.engine)["verification-done"]
    opened = terminal(target)
    assert not all(prints_as_promised(block, opened.run(block)) for block in checks)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_full_process_is_followed_on_a_database(target: Target) -> None:
    healthy(target)
    opened = terminal(target)
    follow(guide_steps(target.engine), opened, {"rehearse": lambda: apply_to_copy(target, opened)})


@pytest.fixture
def clone(tmp_path: Path) -> Target:
    """Return a clone of a repository with one migration, on a branch that adds another."""
    upstream = tmp_path / "upstream"
    lay_migration(upstream, GOOD, "ALTER TABLE a ADD COLUMN notes TEXT;\n")
    git(upstream, "init", "-q", "-b", "main")
    commit(upstream)
    git(tmp_path, "clone", "-q", str(upstream), "clone")
    here = tmp_path / "clone"
    git(here, "switch", "-q", "-c", "feature/nickname")
    lay_migration(here, SUSPECT, 'CREATE TABLE b (id INT REFERENCES "a" ("id") ON DELETE CASCADE);\n')
    (here / "backend" / "app.js").write_text("user.nickname\n", encoding="utf-8")
    commit(here)
    return sqlite_target(here / "backend")


def lay_migration(root: Path, name: str, script: str) -> None:
    folder = root / MIGRATIONS / name
    folder.mkdir(parents=True)
    (folder / "migration.sql").write_text(script, encoding="utf-8")


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "change")


def git_commands(checklist: str, item: str, orm: str = "prisma") -> str:
    """Return the git commands of an item."""
    (found,) = [each for each in read_policy("checklists.yaml")["checklists"] if each["id"] == checklist]
    (entry,) = [each for each in found["items"] if each["id"] == item]
    blocks = blocks_of(item, entry.get("commands", ()), "sqlite", orm)
    return "\n".join(block.run for block in blocks if "git " in block.run and "npx" not in block.run)


def printed(clone: Target, *where: Any) -> str:
    done = run_bash(git_commands(*where), "", clone, {})
    assert not done.stderr
    return done.stdout


def test_the_new_migration_is_listed(clone: Target) -> None:
    new = f"{MIGRATIONS}/{SUSPECT}/migration.sql\n"
    assert printed(clone, "author", "change-declared") == new
    assert printed(clone, "review", "migration-present") == new


def test_the_order_of_names_is_shown(clone: Target) -> None:
    last = f"prisma/migrations/{SUSPECT}/migration.sql\n"
    assert printed(clone, "author", "migration-named").endswith(last)
    default, branch = printed(clone, "review", "names-and-order").split("\n", 1)
    assert default == f"prisma/migrations/{GOOD}/migration.sql"
    assert branch.endswith(last)


@pytest.mark.parametrize("orm", ["prisma", "none"])
def test_a_new_delete_rule_is_found(clone: Target, orm: str) -> None:
    assert "ON DELETE CASCADE" in printed(clone, "review", "cascade-justified", orm)


def test_code_that_uses_a_name_is_found(clone: Target) -> None:
    assert printed(clone, "review", "code-matches-schema").startswith("app.js:1:")


@pytest.mark.parametrize("harm", ["edited", "deleted", "renamed"])
def test_a_touched_migration_is_found(clone: Target, harm: str) -> None:
    assert printed(clone, "pre-merge", "history-kept") == ""
    old = clone.folder / "prisma" / "migrations" / GOOD
    if harm == "edited":
        (old / "migration.sql").write_text("-- other\n", encoding="utf-8")
    elif harm == "deleted":
        (old / "migration.sql").unlink()
    else:
        old.rename(old.with_name("20251126_090000_add_notes"))
    commit(clone.folder)
    assert GOOD in printed(clone, "pre-merge", "history-kept")


def test_every_item_and_step_with_a_command_is_run_here() -> None:
    run = {"local-testing", "deploy"}
    by_git = {"change-declared", "migration-named", "migration-present", "cascade-justified"}
    by_git |= {"names-and-order", "code-matches-schema", "history-kept"}
    needs_more = {"data-impact-written", "rollback-written", "rollback-documented", "approvals-present"}
    for checklist in read_policy("checklists.yaml")["checklists"]:
        with_commands = {item["id"] for item in checklist["items"] if item.get("commands")}
        assert checklist["id"] in run or with_commands <= by_git | needs_more
