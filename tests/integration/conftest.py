"""Fixtures that the integration tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handrail.adapters.workshops import open_workshop
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy, Workshop
from tests.integration.databases import FILLED, Silent, databases, name_of, prepare, psql
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


@pytest.fixture(scope="session")
def own_server() -> Iterator[Workshop]:
    """Yield a workshop on a PostgreSQL server of Handrail's own."""
    try:
        with open_workshop("postgresql", "", Silent()) as workshop:
            yield workshop
    except HandrailError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def filled(own_server: Workshop) -> DatabaseCopy:
    """Return a database with two tables and some rows, to be copied."""
    copy = own_server.empty()
    prepare(copy, FILLED)
    return copy


@pytest.fixture
def copy(filled: DatabaseCopy) -> Iterator[DatabaseCopy]:
    """Yield a database with two tables and some rows, to do anything with."""
    made = filled.copy()
    yield made
    made.remove()
