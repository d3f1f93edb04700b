"""The classifier finds in each example what the example is about, and less in the safer way."""

import pytest

from handrail.rules import RULES
from handrail.rules.examples import Example
from tests.house.test_catalogue import read
from tests.records.folders import DIALECTS, examples
from tests.records.judge import level, levels, operations

STILL = {
    "check.add": "the rows fit first, and PostgreSQL looks at them without holding off writes",
    "column.drop.optional": "the values are kept elsewhere for a release",
    "column.null.forbid": "the rows are filled first",
    "enum.value.add": "the value is used in the next migration only",
    "enum.value.remove": "the rows are moved to another value first",
    "exclusion.add": "the rows in conflict are settled first",
    "extension.drop": "the column is converted first, and nothing is dropped along",
    "foreign_key.add": "the orphans are cut off first, and PostgreSQL validates later",
    "index.create": "writes go on while it is built",
    "index.drop": "nobody waits while it is dropped",
    "maintenance": "writes go on meanwhile",
    "partition.attach": "a valid check leaves nothing to read",
    "partition.detach": "nobody waits while it is detached",
    "policy.drop": "its successor is there first",
    "rows.update.some": "the old values are kept",
    "sequence.set": "the number is computed from the highest id",
    "table.option.change": "the rows fit first",
    "unique.add": "the duplicates are settled first, and writes go on while it is built",
}
"""Operations of which the safer way is the same operation at the same level, and why it is safer."""

NOT_SHOWN = {
    "database.drop": "a database cannot drop itself",
    "table.charset.change": "MySQL only",
}
NO_SQL = ("history.", "model.")
"""Operations that no script shows: they are found in folders, in git and in the schema file."""

EXAMPLES = examples()


def cases(*, good: bool = False) -> list[object]:
    return [
        pytest.param(each, id=f"{each.code}-{each.dialect}") for each in EXAMPLES if each.good or not good
    ]


@pytest.mark.parametrize("example", cases())
def test_the_operation_is_found(example: Example) -> None:
    kinds = {each.kind for each in operations(example, example.bad)}
    assert example.code in kinds


@pytest.mark.parametrize("example", cases(good=True))
def test_the_safer_way_is_another_operation_or_a_lower_level(example: Example) -> None:
    bad, good = operations(example, example.bad), operations(example, example.good)
    same = example.code in {each.kind for each in good} and levels().at_least(level(good), level(bad))
    assert same <= (example.code in STILL)


@pytest.mark.parametrize("code", STILL)
def test_no_exception_is_left_over(code: str) -> None:
    mine = [each for each in EXAMPLES if each.code == code and each.good]
    assert any(code in {each.kind for each in operations(one, one.good)} for one in mine)


@pytest.mark.parametrize("example", cases())
def test_nothing_is_left_unread_but_what_the_example_is_about(example: Example) -> None:
    if example.code != "statement.opaque":
        found = (*operations(example, example.bad), *operations(example, example.good))
        opaque = [each.new for each in found if each.kind == "statement.opaque"]
        assert opaque == []


def test_every_operation_of_sql_has_an_example_in_each_dialect() -> None:
    there = {(each.code, each.dialect) for each in EXAMPLES}
    shown = [rule.code for rule in RULES if not rule.code.startswith(NO_SQL) and rule.code not in NOT_SHOWN]
    wanted = {(code, dialect) for code in shown for dialect in DIALECTS if dialect in dialects(code)}
    assert there == wanted


def dialects(code: str) -> tuple[str, ...]:
    entry = levels().entry(code)
    assert entry is not None
    return entry.dialects


@pytest.mark.parametrize("example", cases())
def test_an_example_without_a_safer_way_in_sql_has_one_in_words_or_needs_none(example: Example) -> None:
    entry = levels().entry(example.code)
    assert entry is not None
    assert example.good or entry.safer or entry.level == levels().order[0]


def test_the_folders_are_in_the_manifest_of_the_wheel() -> None:
    assert '"examples/operations/record.json" = ' in read("pyproject.toml")
