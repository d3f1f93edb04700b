"""Every case of PostgreSQL that is read whole runs on a real one, and leaves there what the picture shows."""

import json
import re
from pathlib import Path

import pytest

from handrail.migrations.operations import Script
from handrail.migrations.postgresql.front_end import PostgresFrontEnd
from tests.integration.servers import Server, Target
from tests.integration.shown import QUERY, differences, run_sql, shown, shown_by_picture

CASES = Path(__file__).parents[1] / "cases" / "classify" / "postgresql"
NEWER = {"generated-expression-of-a-newer-server"}
"""Cases that need PostgreSQL 17."""

FILES = [
    each
    for each in sorted(CASES.glob("*.sql"))
    if "statement.opaque" not in each.read_text("utf-8") and each.stem not in NEWER
]
_PART = re.compile(r"^-- case: [a-z ]+\n", re.MULTILINE)

EMPTY = r"""
DO $$ DECLARE each text; BEGIN
  FOR each IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', each);
  END LOOP;
END $$;
CREATE SCHEMA public;
"""
LOOK = f"\n;RESET search_path; SELECT ({QUERY})::jsonb;\n"


@pytest.fixture(scope="module")
def database(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """One database for all cases, emptied before each: to create one takes a second."""
    return postgresql.target(tmp_path_factory.mktemp("cases"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_picture_after_a_case(path: Path, database: Target) -> None:
    _, history, migration, _ = _PART.split(path.read_text(encoding="utf-8"))
    printed = run_sql(database, text=f"{EMPTY}{history}{LOOK}{migration}{LOOK}")
    looks = [json.loads(line) for line in printed.splitlines() if line.startswith('{"enums"')]
    front_end = PostgresFrontEnd()
    for script, there in zip((history, migration), looks, strict=True):
        front_end.apply(Script("a.sql", script))
        assert differences(shown(there), shown_by_picture(front_end.catalog)) == []
