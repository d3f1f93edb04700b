"""Which conditions of an UPDATE leave values behind."""

import pytest

from handrail.migrations.conditions import leaves_values
from handrail.migrations.tokens import tokens


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "1 = 1",
        "old IS NOT NULL",
        "t.old IS NOT NULL",
        "`old` <> ''",
        "old != '' AND old IS NOT NULL",
        "(old IS NOT NULL) AND (new IS NULL)",
        "T.New IS NULL",
        "t.id = other.t_id",
        "other.t_id = t.id AND old IS NOT NULL ORDER BY id",
    ],
)
def test_all_values_arrive(condition: str) -> None:
    assert not leaves_values(list(tokens(condition, "mysql")), "new", {"old"})


@pytest.mark.parametrize(
    "condition",
    [
        "kind = 2",
        "old <> 2",
        "old <> 'x'",
        "old IS NULL",
        "deleted_at IS NULL",
        "other IS NOT NULL",
        "new IS NOT NULL",
        "old IS NOT NULL OR kind = 2",
        "old IS NOT NULL AND kind > 2",
        "old = NULL",
        "t.old = 3",
        "old IS NOT NULL LIMIT 5",
        "id IN (SELECT id FROM other)",
        "NOT old IS NOT NULL",
        "old BETWEEN 1 AND 2",
        "(old IS NOT NULL",
        "AND",
        "=",
    ],
)
def test_some_values_may_be_left(condition: str) -> None:
    assert leaves_values(list(tokens(condition, "mysql")), "new", {"old"})
