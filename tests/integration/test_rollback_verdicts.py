"""Ways back that were tried: what each brings back. A new case is a new folder in tests/cases/rollback.

A case has ``history.sql``, ``rows.sql``, ``up.sql``, ``down.sql`` where there is one, and ``expected.txt``:
``way``, ``schema yes|no``, ``data yes|no``, ``lost TABLE[.COLUMN]``, ``error WORDS``.
"""

import pytest

from handrail.adapters.workshops import open_workshop
from handrail.core.errors import HandrailError
from handrail.migrations.quotes import Dialect
from tests.integration.rehearsing import ENGINES, Silent, case_of, cases, tried

NAMES = [(engine, name) for engine in ENGINES for name in cases("rollback", engine)]


@pytest.mark.parametrize(("engine", "name"), NAMES)
def test_verdicts_on_the_way_back(engine: Dialect, name: str) -> None:
    case = case_of("rollback", engine, name)
    try:
        with open_workshop(engine, "", Silent()) as workshop:
            (trial,) = tried(case, "up.sql", workshop, backups=True).trials
    except HandrailError as reason:
        if "not rehearsed" not in str(reason):
            raise
        pytest.skip(str(reason))
    back = trial.back
    assert back is not None
    told = ["no", "yes"]
    assert [back.way] == case.lines("way")
    assert [told[back.schema_restored]] == case.lines("schema"), back
    assert [told[back.data_restored]] == case.lines("data"), back
    assert [f"{each.table}.{each.column}".rstrip(".") for each in back.lost] == case.lines("lost")
    assert all(words in back.error for words in case.lines("error"))
    assert bool(back.error) == bool(case.lines("error"))
    assert trial.restore is not None
    assert trial.restore.schema_restored
    assert trial.restore.data_restored


def test_both_engines_have_the_same_cases() -> None:
    assert cases("rollback", "sqlite") == cases("rollback", "postgresql") != []
