"""What the tests call GitHub's answers and events is what GitHub publishes of them."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.integration import github_payloads as github

MODULES = Path(__file__).resolve().parents[1] / "node" / "node_modules"
EVENTS = MODULES / "@octokit" / "webhooks-schemas" / "schema.json"
ANSWERS = MODULES / "@octokit" / "openapi-types" / "types.d.ts"
TSC = MODULES / "typescript" / "bin" / "tsc"

EVENT_PAYLOADS: dict[str, dict[str, Any]] = {
    "pull_request$synchronize": github.pull_request_event(),
    "pull_request$edited": github.pull_request_event("edited"),
    "pull_request_review$submitted": github.review_event(),
    "merge_group$checks_requested": github.merge_group_event(),
    "push$event": github.push_event(),
}
ANSWER_PAYLOADS: list[tuple[str, dict[str, Any]]] = [
    ("pull-request", github.pull_request()),
    ("pull-request", github.pull_request(body=None, labels=[])),
    ("pull-request-review", github.review()),
    ("pull-request-review", github.review(user=None, commit_id=None)),
    ("issue-comment", github.comment()),
    ("issue-comment", github.comment(login=github.BOT)),
    ("basic-error", github.error("Not Found", 404)),
]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """Return the published schema of events, or skip with the reason."""
    if not EVENTS.exists():
        pytest.skip("GitHub's schemas are not installed: npm ci --prefix tests/node")
    found: dict[str, Any] = json.loads(EVENTS.read_bytes())
    return found


def problems(schema: dict[str, Any], name: str, payload: dict[str, Any]) -> list[str]:
    one = {"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]}
    return [f"{error.json_path}: {error.message}" for error in Draft7Validator(one).iter_errors(payload)]


@pytest.mark.parametrize("name", EVENT_PAYLOADS)
def test_an_event_follows_the_published_schema(schema: dict[str, Any], name: str) -> None:
    assert problems(schema, name, EVENT_PAYLOADS[name]) == []


@pytest.mark.parametrize("name", EVENT_PAYLOADS)
def test_the_schema_sees_what_is_missing_and_what_is_wrong(schema: dict[str, Any], name: str) -> None:
    whole = EVENT_PAYLOADS[name]
    field = next(iter(whole))
    assert problems(schema, name, whole | {field: ["no list here"]})
    assert problems(schema, name, {key: value for key, value in whole.items() if key != field})


def complaints(folder: Path, payloads: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Return the lines of TypeScript's compiler on payloads that are assigned to their published types."""
    if not (ANSWERS.exists() and TSC.exists() and shutil.which("node")):
        pytest.skip("GitHub's types are not installed: npm ci --prefix tests/node")
    module = json.dumps(ANSWERS.as_posix().removesuffix(".d.ts"))
    lines = [f"import type {{ components }} from {module};"]
    for at, (name, payload) in enumerate(payloads):
        value = json.dumps(payload).replace(', "custom_properties": {}', "")  # only events have them
        lines.append(f'export const answer{at}: components["schemas"]["{name}"] = {value};')
    (folder / "answers.ts").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = ["node", str(TSC), "--noEmit", "--strict", "--pretty", "false", "answers.ts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout.splitlines()


def test_every_answer_has_its_published_type_and_a_wrong_one_has_not(tmp_path: Path) -> None:
    wrong = [
        ("pull-request", github.pull_request() | {"number": "5"}),
        ("pull-request-review", {k: v for k, v in github.review().items() if k != "state"}),
        ("issue-comment", github.comment() | {"body": 7}),
        ("basic-error", github.error("Not Found", 404) | {"message": 7}),
    ]
    said = complaints(tmp_path, ANSWER_PAYLOADS + wrong)
    places = [line.split(",")[0] for line in said if line.startswith("answers.ts(")]
    first = len(ANSWER_PAYLOADS) + 2  # the import is line 1
    assert places == [f"answers.ts({first + at}" for at in range(len(wrong))], said
