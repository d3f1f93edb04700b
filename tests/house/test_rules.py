"""Rules, the shipped policy and what the classifier can say name the same operations."""

import ast
import os
import re

import pytest
import yaml

from handrail.rule import Rule
from handrail.rules import RULES
from tests.house.test_catalogue import ROOT, read, tracked

CODES = [rule.code for rule in RULES]
OBJECTS = {code.partition(".")[0] for code in CODES if "." in code}
DOTTED = re.compile(r"[a-z_]+\.[a-z_.]*")
NOT_KINDS = {"rows.update", "rows.delete"}
"""Dotted words of the code that name no operation yet: all or some rows is still to be added."""


def operations() -> list[dict[str, object]]:
    with open(os.path.join(ROOT, "policies", "operations.yaml"), encoding="utf-8") as file:
        found: list[dict[str, object]] = yaml.safe_load(file)["operations"]
    return found


def literals(path: str) -> set[str]:
    """Return the strings of a module that look like the id of an operation, or like the beginning of one."""
    nodes = (node for node in ast.walk(ast.parse(read(path))) if isinstance(node, ast.Constant))
    words = {node.value for node in nodes if isinstance(node.value, str)}
    return {word for word in words if DOTTED.fullmatch(word) and word.partition(".")[0] in OBJECTS}


def is_known(word: str) -> bool:
    """Tell whether a word is an id, or begins one ("column.drop.")."""
    return word in CODES or (word.endswith(".") and any(code.startswith(word) for code in CODES))


def test_every_operation_of_the_policy_has_one_rule() -> None:
    assert sorted(CODES) == sorted(str(each["id"]) for each in operations())


def test_every_kind_that_the_migrations_name_has_a_rule() -> None:
    said = {word for path in tracked("generator/handrail/migrations") for word in literals(path)}
    assert "column.rename" in said
    assert sorted(word for word in said - NOT_KINDS if not is_known(word)) == []


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_condition_is_one_sentence(rule: Rule) -> None:
    assert rule.condition[0].isupper()
    assert rule.condition.endswith(".")
    assert ". " not in rule.condition


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.proves], ids=lambda rule: rule.code)
def test_what_a_rule_proves_is_a_condition_of_the_policy(rule: Rule) -> None:
    (entry,) = [each for each in operations() if each["id"] == rule.code]
    assert {raised["condition"] for raised in entry["raised"]} >= set(rule.proves)  # type: ignore[attr-defined]  # read from YAML
