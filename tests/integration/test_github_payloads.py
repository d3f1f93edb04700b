"""What the tests call GitHub's answers and events is what GitHub publishes of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.integration import github_payloads as github

SCHEMAS = json.loads((Path(__file__).parent / "github_schemas.json").read_text(encoding="utf-8"))

PAYLOADS: list[tuple[str, dict[str, Any]]] = [
    ("rest.pull-request", github.pull_request()),
    ("rest.pull-request", github.pull_request(body=None, labels=[])),
    ("rest.pull-request-review", github.review()),
    ("rest.pull-request-review", github.review(user=None, commit_id=None)),
    ("rest.issue-comment", github.comment()),
    ("rest.issue-comment", github.comment(login=github.BOT)),
    ("rest.basic-error", github.error("Not Found", 404)),
    ("event.pull_request$synchronize", github.pull_request_event()),
    ("event.pull_request$edited", github.pull_request_event("edited")),
    ("event.pull_request_review$submitted", github.review_event()),
    ("event.merge_group$checks_requested", github.merge_group_event()),
    ("event.push$event", github.push_event()),
]


def problems(name: str, payload: dict[str, Any]) -> list[str]:
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMAS["$defs"]}
    return [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(payload)
    ]


@pytest.mark.parametrize(("name", "payload"), PAYLOADS)
def test_a_payload_follows_the_published_schema(name: str, payload: dict[str, Any]) -> None:
    assert problems(name, payload) == []


@pytest.mark.parametrize("name", dict(PAYLOADS))
def test_the_schema_sees_what_is_missing_and_what_is_wrong(name: str) -> None:
    whole = dict(PAYLOADS)[name]
    field = "message" if name == "rest.basic-error" else next(iter(whole))
    assert problems(name, whole | {field: ["no list here"]})
    if name != "rest.basic-error":  # nothing is required of it
        assert problems(name, {key: value for key, value in whole.items() if key != field})
