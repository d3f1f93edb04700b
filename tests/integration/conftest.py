"""Fixtures that the integration tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.databases import databases, name_of, psql
from tests.integration.servers import Server, Target, Unavailable, private_postgresql, sqlite_target


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Yield a running PostgreSQL, or skip with the reason."""
    try:
        with private_postgresql() as server:
            yield server
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def target(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Target:
    """Return an empty scratch database of ``engine``, a parameter of the test."""
    if engine == "sqlite":
        return sqlite_target(tmp_path)
    server: Server = request.getfixturevalue("postgresql")
    return server.target(tmp_path)


@pytest.fixture
def source(postgresql: Server, tmp_path: Path) -> Iterator[Target]:
    """Yield a database of PostgreSQL to be rehearsed; every other one has to be gone by the end."""
    target = postgresql.target(tmp_path)
    before = databases(target)
    yield target
    assert databases(target) == before
    psql(target, f"DROP DATABASE {name_of(target)} WITH (FORCE)", "postgres")
    psql(target, "DROP ROLE IF EXISTS reader, ann, bob", "postgres")
