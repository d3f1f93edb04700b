"""What the record says of an example is what a real database does with it, today and here."""

import pytest

from handrail.rules.examples import RECORD, Example, parse_record, render_record
from tests.house.test_catalogue import read
from tests.integration.servers import Server
from tests.records.folders import DIALECTS, examples
from tests.records.update import play

KNOWN = parse_record(read(RECORD))


def cases(dialect: str) -> list[object]:
    return [pytest.param(each, id=each.code) for each in examples() if each.dialect == dialect]


def recorded(example: Example) -> Example | None:
    found = (each for each in KNOWN.examples.get(example.code, ()) if each.dialect == example.dialect)
    return next(found, None)


@pytest.mark.parametrize("example", cases("sqlite"))
def test_sqlite_does_what_the_record_says(example: Example) -> None:
    assert play(example, None) == recorded(example)


@pytest.mark.parametrize("example", cases("postgresql"))
def test_postgresql_does_what_the_record_says(example: Example, postgresql: Server) -> None:
    assert play(example, postgresql) == recorded(example)


def test_the_record_holds_the_examples_that_there_are_and_nothing_else() -> None:
    there = [(each.code, each.dialect) for each in examples()]
    assert there == [(each.code, each.dialect) for rows in KNOWN.examples.values() for each in rows]
    assert {dialect for _, dialect in there} == set(DIALECTS)


def test_the_record_is_what_make_records_writes() -> None:
    everything = [each for rows in KNOWN.examples.values() for each in rows]
    assert render_record(KNOWN.engines, everything) == read(RECORD)
