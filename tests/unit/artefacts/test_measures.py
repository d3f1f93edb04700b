"""What is counted for the metrics: from files, and never made up."""

import pytest

from handrail.artefacts.measures import Count, Measure, Way, failures, rollbacks, ways_back
from handrail.source.evidence import EvidenceFile

TRY = EvidenceFile(
    "e/a.json",
    "rollback",
    {"a": "0" * 64},
    passed=True,
    finished="2026-11-01T09:00:00Z",
    schema_restored=True,
    data_restored=True,
)
SECOND = TRY._replace(path="e/z.json", finished="2026-11-02T09:00:00Z")
BOTH = TRY._replace(migrations={"a": "0" * 64, "b": "0" * 64})
OTHER = TRY._replace(path="e/b.json", migrations={"b": "0" * 64}, data_restored=False)


def numbers(measure: Measure) -> list[tuple[int, int | None]]:
    """Return the numbers that were counted."""
    return [(each.number, each.of) for each in measure.counts]


ROLLBACKS: dict[str, tuple[tuple[EvidenceFile, ...], list[tuple[int, int | None]], tuple[str, ...]]] = {
    "no evidence": ((), [], ()),
    "evidence of other kinds": ((TRY._replace(kind="rehearsal"),), [], ()),
    "schema and data": ((TRY,), [(1, 1), (1, 1)], ()),
    "the schema alone": ((TRY, OTHER), [(2, 2), (1, 2)], ()),
    "nothing": ((TRY._replace(passed=False, schema_restored=False),), [(0, 1), (0, 1)], ("a",)),
    "it does not say": ((TRY._replace(schema_restored=None),), [(0, 1), (0, 1)], ("a",)),
    "the second try counts for nothing": (
        (SECOND, TRY._replace(passed=False, schema_restored=False)),
        [(0, 1), (0, 1)],
        ("a",),
    ),
    "two migrations in one file": ((BOTH,), [(2, 2), (2, 2)], ()),
}  # fmt: skip


@pytest.mark.parametrize("name", ROLLBACKS)
def test_rollbacks(name: str) -> None:
    files, counted, lacking = ROLLBACKS[name]
    found = rollbacks(files, None)
    assert (numbers(found), found.lacking) == (counted, lacking)


def test_rollbacks_name_the_files_that_they_are_counted_from() -> None:
    assert rollbacks((SECOND, OTHER, TRY), None).files == ("e/a.json", "e/b.json")


WAYS = (Way("a", "m/a.sql", True), Way("b", "m/b.sql", False), Way("c", "m/c.sql", True))


def test_ways_back() -> None:
    found = ways_back((), WAYS)
    assert (numbers(found), found.lacking) == ([(2, 3)], ("b",))
    assert found.files == ("m/a.sql", "m/b.sql", "m/c.sql")


@pytest.mark.parametrize("ways", [None, ()], ids=["could not be read", "there are none"])
def test_without_migrations_nothing_is_counted(ways: tuple[Way, ...] | None) -> None:
    assert ways_back((TRY,), ways).counts == ()


FAILED = TRY._replace(path="e/f.json", kind="rehearsal", passed=False)
AGAIN = FAILED._replace(path="e/g.json")
FAILURES: dict[str, tuple[tuple[EvidenceFile, ...], list[tuple[int, int | None]], tuple[str, ...]]] = {
    "no evidence": ((), [], ()),
    "backups and drills are none of migrations": (
        (TRY._replace(kind="backup", passed=False), TRY._replace(kind="drill", passed=False)),
        [],
        (),
    ),
    "none failed": ((TRY, OTHER), [(0, 2)], ()),
    "one failed": ((FAILED, OTHER), [(1, 2)], ("a",)),
    "a failed rollback is one as well": ((TRY._replace(passed=False),), [(1, 1)], ("a",)),
    "it counts once, whatever came after": ((FAILED, TRY, AGAIN), [(1, 1)], ("a",)),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failures(name: str) -> None:
    files, counted, lacking = FAILURES[name]
    found = failures(files, None)
    assert (numbers(found), found.lacking) == (counted, lacking)


def test_each_says_what_is_not_in_it() -> None:
    assert all(measure((), None).limits for measure in (rollbacks, ways_back, failures))


def test_a_count_says_what_it_is() -> None:
    (count,) = failures((FAILED,), None).counts
    assert count == Count("migrations that were rehearsed failed before production", 1, 1)
