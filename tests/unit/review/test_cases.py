"""What the gate says of pull requests: a new case is a new folder in tests/cases/review."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from handrail.commands.schema import schema
from tests.fakes import ShippedTemplates
from tests.pull_requests.cases import CASES, said

SCHEMA = json.loads(schema(ShippedTemplates(), "review").text)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path) -> None:
    files = [folder / "expected.txt", folder / "expected.json"]
    expected = {path.name: path.read_bytes().decode() for path in files if path.exists()}
    assert said(folder) == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 64


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_json_is_what_the_schema_says(folder: Path) -> None:
    path = folder / "expected.json"
    if path.exists():
        VALIDATOR.validate(json.loads(path.read_bytes()))


def test_the_schema_describes_every_property() -> None:
    def walk(node: dict[str, Any], place: str) -> None:
        assert node.get("description"), place
        for key, each in node.get("properties", {}).items():
            walk(each, f"{place}/{key}")
        if "items" in node:
            walk(node["items"], f"{place}/*")

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    walk(SCHEMA, "")
