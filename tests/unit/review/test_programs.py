"""Programs below the folder of migrations count as statements that nobody reads."""

import pytest

from handrail.review.programs import program_risks
from tests.unit.policy.test_diff import OLD

HOME = OLD.database.paths.migrations


@pytest.mark.parametrize(
    "name", ["0001_fill.py", "a/Fill.PY", "x.exs", "V2__x.java", "dump.psql", "a.kt", "c.xml"]
)
@pytest.mark.parametrize("how", ["A", "M", "T"])
def test_a_program_that_came_or_changed_is_opaque(name: str, how: str) -> None:
    (risk,) = program_risks(OLD, {f"{HOME}/{name}": how})
    assert [each.operation.kind for each in risk.operations] == ["statement.opaque"]
    assert (risk.path, risk.not_checked[0].text) == (f"{HOME}/{name}", name.rpartition("/")[2])


@pytest.mark.parametrize(
    "path", [f"{HOME}/a.sql", f"{HOME}/README.md", f"{HOME}/lock.toml", "src/a.py", f"{HOME}s/a.py"]
)
def test_what_is_no_program_or_lies_elsewhere_is_none(path: str) -> None:
    assert program_risks(OLD, {path: "A"}) == ()


def test_a_program_that_went_does_nothing_any_more() -> None:
    assert program_risks(OLD, {f"{HOME}/a.py": "D"}) == ()
