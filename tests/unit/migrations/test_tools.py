"""Every tool that README names is read: its layout, its up script, its down script where it has one."""

import re
from collections.abc import Mapping

import pytest

from handrail.migrations.histories import read_migrations
from tests.house.test_catalogue import read

UP, DOWN = "CREATE TABLE a (b TEXT);\n", "DROP TABLE a;\n"
TOOLS: Mapping[str, tuple[Mapping[str, str], bool]] = {
    "Prisma": ({"m/20250101000000_make/migration.sql": UP, "m/20250101000000_make/down.sql": DOWN}, True),
    "golang-migrate": ({"m/000001_make.up.sql": UP, "m/000001_make.down.sql": DOWN}, True),
    "dbmate": ({"m/20250101000000_make.sql": f"-- migrate:up\n{UP}-- migrate:down\n{DOWN}"}, True),
    "diesel": ({"m/2025-01-01-000000_make/up.sql": UP, "m/2025-01-01-000000_make/down.sql": DOWN}, True),
    "Flyway": ({"m/V1__make.sql": UP, "m/U1__make.sql": DOWN}, True),
    "goose": ({"m/00001_make.sql": f"-- +goose Up\n{UP}-- +goose Down\n{DOWN}"}, True),
    "sqlx": ({"m/20250101000000_make.up.sql": UP, "m/20250101000000_make.down.sql": DOWN}, True),
    "plain SQL": ({"m/0001_make.sql": UP}, False),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_its_history_is_read(tool: str) -> None:
    files, goes_back = TOOLS[tool]
    raw = {path: text.encode() for path, text in files.items()}
    (migration,) = read_migrations(raw, raw.__getitem__, given="sqlite").migrations
    assert [line for line in migration.up.text.splitlines() if line] == [UP.strip()]
    down = migration.down.text.split() if migration.down else None
    assert down == (DOWN.split() if goes_back else None)


def test_these_are_the_tools_that_readme_names() -> None:
    named = re.search(r"reads the migrations of a repository \(([^;]+);", read("README.md"))
    assert named is not None
    assert named[1].split(", ") == list(TOOLS)
