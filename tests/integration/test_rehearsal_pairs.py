"""Faults in migrations, each found and named, and no word about the clean twin of each.

A new case is a new folder in tests/cases/rehearsal: see ``tests/integration/rehearsing.py``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handrail.adapters.workshops import open_workshop
from handrail.core.errors import HandrailError
from handrail.migrations.quotes import Dialect
from handrail.ports import Workshop
from tests.integration.rehearsing import ENGINES, Case, Silent, case_of, cases, findings, shown, tried

NAMES = [(engine, name) for engine in ENGINES for name in cases("rehearsal", engine)]


@pytest.fixture(scope="session")
def postgresql_workshop() -> Iterator[Workshop]:
    try:
        with open_workshop("postgresql", "", Silent()) as workshop:
            yield workshop
    except HandrailError as reason:
        pytest.skip(str(reason))


@pytest.fixture
def workshop(engine: Dialect, request: pytest.FixtureRequest) -> Iterator[Workshop]:
    if engine == "postgresql":
        yield request.getfixturevalue("postgresql_workshop")
        return
    with open_workshop(engine, "", Silent()) as own:
        yield own


@pytest.fixture
def case(engine: Dialect, name: str) -> Case:
    return case_of("rehearsal", engine, name)


@pytest.mark.parametrize(("engine", "name"), NAMES)
def test_the_fault_is_found_and_named(case: Case, workshop: Workshop) -> None:
    found = findings(tried(case, "fault.sql", workshop))
    assert case.faults
    for code, name in case.faults:
        assert any(each.code == code and name in each.message for each in found), shown(found)


@pytest.mark.parametrize(("engine", "name"), NAMES)
def test_nothing_is_said_of_the_clean_twin(case: Case, workshop: Workshop) -> None:
    rehearsal = tried(case, "clean.sql", workshop)
    found = findings(rehearsal)
    assert rehearsal.trials[0].applied.failed is None
    errors = [each for each in found if each.severity == "error"]
    warned = [each for each in found if each.code not in case.lines("clean")]
    assert not errors, shown(errors)
    assert not warned, shown(warned)


def test_there_are_enough_pairs() -> None:
    """Fewer than this would mean that folders are not found."""
    assert len(NAMES) >= 100
    assert all((Path(case_of("rehearsal", *each).folder) / "clean.sql").exists() for each in NAMES)
