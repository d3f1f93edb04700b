"""The picture of the MySQL front end, held against the catalogue of a real MariaDB."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handrail.migrations.mysql.front_end import MysqlFrontEnd
from handrail.migrations.operations import Script
from tests.integration.mariadb import Server, Unavailable, running
from tests.integration.mysql_views import of_catalog, of_server

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "mysql").glob("*.sql"))


@pytest.fixture(scope="session")
def mariadb() -> Iterator[Server]:
    """Yield a running MariaDB, or skip with the reason."""
    try:
        with running() as server:
            yield server
    except Unavailable as reason:
        pytest.skip(str(reason))


def test_there_are_cases() -> None:
    assert len(CASES) > 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_picture_is_what_the_server_shows(case: Path, mariadb: Server) -> None:
    script = case.read_text(encoding="utf-8")
    database = mariadb.database()
    mariadb.play(database, script)
    front_end = MysqlFrontEnd()
    step = front_end.apply(Script(case.name, script))
    assert step.unread == ()
    assert of_catalog(front_end.catalog) == of_server(mariadb, database)
