"""Entries that name another orm or engine than the team's are read as if they were not there."""

from typing import Any

import pytest

from handrail.policy.load import Loaded
from handrail.policy.model import Policy
from tests.minimal.builder import dump_policies, load, minimal_data

FAQ = {"question": "Why?", "answer": "Because."}
TERM = {"term": "rebuild", "means": "A new table."}


def loaded(change: Any, orm: str = "prisma", engine: str = "sqlite") -> Loaded:
    """Return the minimal policy of a team with this stack, after ``change`` on its data."""
    data = minimal_data()
    data["database"]["orm"] = orm
    data["database"]["databases"][0]["engine"] = engine
    for operation in data["operations"]["operations"]:
        operation["dialects"] = ["sqlite", "postgresql", "mysql"]
    change(data)
    return load(dump_policies(data))


def usable(found: Loaded) -> Policy:
    assert found.policy is not None
    assert found.usable, found.findings
    return found.policy


@pytest.mark.parametrize(("orm", "kept"), [("prisma", ["resolve", "both"]), ("none", ["repair", "both"])])
def test_an_entry_counts_for_its_orm_only(orm: str, kept: list[str]) -> None:
    entries = [
        {**FAQ, "id": "resolve", "orm": "prisma"},
        {**FAQ, "id": "repair", "orm": "none"},
        {**FAQ, "id": "both"},
    ]
    policy = usable(loaded(lambda data: data["faq"].update(faq=entries), orm))
    assert [each.id for each in policy.faq.faq] == kept


@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mysql"])
def test_commands_are_those_of_the_engine(engine: str) -> None:
    commands = [{"engine": name, "text": name} for name in ("sqlite", "postgresql", "mysql")]

    def change(data: Any) -> None:
        data["runbooks"]["runbooks"][0]["steps"][0]["commands"] = [*commands, {"text": "any"}]

    policy = usable(loaded(change, engine=engine))
    assert [each.text for each in policy.runbooks.runbooks[0].steps[0].commands] == [engine, "any"]


def test_two_engines_have_the_commands_of_both() -> None:
    def change(data: Any) -> None:
        databases = data["database"]["databases"]
        databases.append({**databases[0], "engine": "postgresql", "environments": []})

    policy = usable(loaded(change))
    engines = [each.engine for each in policy.patterns.patterns[0].steps[0].sql]
    assert engines == ["sqlite", "postgresql"]


def test_an_operation_counts_where_it_exists() -> None:
    def change(data: Any) -> None:
        first = data["operations"]["operations"][0]
        data["operations"]["operations"].append({**first, "id": "table.truncate", "dialects": ["mysql"]})
        data["risk-matrix"]["levels"][0]["examples"][0]["operations"].append("table.truncate")

    for engine, there in (("sqlite", False), ("mysql", True)):
        policy = usable(loaded(change, engine=engine))
        assert ("table.truncate" in [each.id for each in policy.operations.operations]) is there
        assert ("table.truncate" in policy.risk_matrix.levels[0].examples[0].operations) is there


def test_two_variants_share_an_id_where_no_team_has_both() -> None:
    def change(data: Any) -> None:
        data["faq"]["faq"] = [{**FAQ, "id": "undo", "orm": "prisma"}, {**FAQ, "id": "undo", "orm": "none"}]

    assert len(usable(loaded(change)).faq.faq) == 1


def test_two_variants_that_a_team_has_both_are_duplicates() -> None:
    def change(data: Any) -> None:
        data["faq"]["faq"] = [
            {**FAQ, "id": "undo", "orm": "prisma"},
            {**FAQ, "id": "undo", "engine": "sqlite"},
        ]

    assert "policy.duplicate-id" in {each.code for each in loaded(change).findings}


def test_a_list_skips_what_does_not_count_and_a_sentence_may_not_name_it() -> None:
    def change(data: Any) -> None:
        data["glossary"]["terms"] = [
            {**TERM, "id": "rebuild", "engine": "postgresql"},
            {"id": "table", "term": "table", "means": "See [[term:rebuild]].", "see": ["rebuild"]},
        ]

    found = loaded(change)
    assert found.policy is not None
    assert [each.see for each in found.policy.glossary.terms] == [()]
    (finding,) = [each for each in found.findings if each.severity == "error"]
    assert finding.code == "policy.dangling-reference"
    assert "another orm or engine" in finding.hint


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ({"run": "make"}, False),
        ({"text": "Ask."}, False),
        ({"text": "Ask.", "run": "make", "expect": "done"}, False),
        ({}, True),
        ({"text": "Ask.", "expect": "done"}, True),
    ],
)
def test_a_command_runs_or_says_something(command: dict[str, str], wrong: bool) -> None:
    def change(data: Any) -> None:
        data["guide"]["quick_start"]["steps"][0]["commands"] = [command]

    codes = {each.code for each in loaded(change).findings}
    assert ("policy.empty-command" in codes) is wrong
