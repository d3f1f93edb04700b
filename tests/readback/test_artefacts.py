"""Each artefact, read as its reader reads it, says what the policy says; one flipped fact is found."""

import glob
import os
import re
import shutil
import subprocess
import sys
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read(path: str) -> str:
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def policy(name: str) -> Any:
    return yaml.load(read(f"policies/{name}.yaml"), Loader=yaml.BaseLoader)  # noqa: S506  # strings only


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables of a page: rows of cells, as the text that a reader sees."""
    found: list[list[list[str]]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level >= 4:
            words = [child.content for child in token.children or [] if child.type in ("text", "code_inline")]
            found[-1][-1].append("".join(words))
    return found


def roles() -> dict[str, str]:
    return {role["id"]: role["title"] for role in policy("roles")["roles"]}


def approvals(level: dict[str, Any]) -> str:
    """Return the approvals of a level, written out independently of the templates."""
    parts = []
    for each in level["approvals"]:
        count = int(each.get("count", "1"))
        parts.append((f"{count} \u00d7 " if count > 1 else "") + roles()[each["role"]])
    return " + ".join(parts)


@pytest.mark.parametrize(
    "path", ["docs/APPROVAL_MATRIX.md", ".claude/agents/data-engineer.md", "docs/DATABASE_MIGRATION_GUIDE.md"]
)
def test_matrix_tables_agree(path: str) -> None:
    levels = policy("risk-matrix")["levels"]
    table = next(table for table in tables(read(path)) if table[0][0] == "Level")
    column = table[0].index("Approvals")
    assert [(row[0], row[column]) for row in table[1:]] == [(each["id"], approvals(each)) for each in levels]
    examples = table[0].index("For example")
    assert [row[examples].split("; ") for row in table[1:]] == [
        [example["text"] for example in each["examples"]] for each in levels
    ]


def test_requirements_are_cumulative() -> None:
    matrix = policy("risk-matrix")
    order = [level["id"] for level in matrix["levels"]]
    table = next(table for table in tables(read("docs/APPROVAL_MATRIX.md")) if table[0][0] == "Requirement")
    wanted = [
        [
            each["title"],
            *("yes" if order.index(each["from_level"]) <= rank else "\u2013" for rank in range(len(order))),
        ]
        for each in matrix["requirements"]
    ]
    assert [row[: len(order) + 1] for row in table[1:]] == wanted


@pytest.mark.parametrize(
    "path", [".github/PULL_REQUEST_TEMPLATE.md", ".github/PULL_REQUEST_TEMPLATE/migration.md"]
)
def test_every_box_of_the_template_is_one_of_the_policy(path: str) -> None:
    boxes = re.findall(r"^- \[ \] .*<!-- (\S+) -->$", read(path), re.MULTILINE)
    form = policy("pull-request")["pull_request"]
    levels = [level["id"] for level in policy("risk-matrix")["levels"]]
    items = {each["id"]: each["items"] for each in policy("checklists")["checklists"]}
    wanted = []
    for field in form["fields"]:
        options = levels if field["kind"] == "level" else [each["id"] for each in field.get("options", [])]
        wanted += [f"{field['id']}:{option}" for option in options]
    for checklist in form.get("checklists", []):
        wanted += [f"item:{item['id']}" for item in items[checklist] if item["checked_by"] == "person"]
    assert boxes == wanted


@pytest.mark.parametrize("checklist", [each["id"] for each in policy("checklists")["checklists"]])
def test_checklist_pages_have_every_item_once(checklist: str) -> None:
    (wanted,) = [each for each in policy("checklists")["checklists"] if each["id"] == checklist]
    boxes = re.findall(
        r"^- \[ \] .*\(\[why and how\]\(#([\w-]+)\)\)$", read(f"docs/checklists/{checklist}.md"), re.MULTILINE
    )
    assert sorted(boxes) == sorted(item["id"] for item in wanted["items"])


def test_codeowners_names_the_data_engineer_for_every_path() -> None:
    lines = [line.split() for line in read(".github/CODEOWNERS").splitlines() if line and line[0] != "#"]
    (role,) = [each for each in policy("roles")["roles"] if each["id"] == "data-engineer"]
    paths = policy("database")["paths"]
    assert lines[0][0] == f"/{paths['migrations']}/"
    assert {owner for _, *owners in lines for owner in owners} == {f"@{role['github_team']}"}


def test_operations_page_has_every_operation_in_its_level() -> None:
    text = read("docs/OPERATIONS.md")
    sections = dict(
        re.findall(r"^## (?:<a[^>]*></a>)?([A-Z]+)$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    )
    engines = {database["engine"] for database in policy("database")["databases"]}
    for operation in policy("operations")["operations"]:
        shown = f'<a id="{operation["id"]}"></a>' in sections[operation["level"]]
        assert shown is not engines.isdisjoint(operation["dialects"]), operation["id"]


def test_every_runbook_step_has_its_commands() -> None:
    for path in glob.glob(os.path.join(ROOT, "policies", "runbooks", "*.yaml")):
        with open(path, encoding="utf-8") as file:
            (runbook,) = yaml.load(file, Loader=yaml.BaseLoader)["runbooks"]  # noqa: S506  # strings only
        fences = [
            token.content.rstrip("\n")
            for token in MarkdownIt().parse(read(f"docs/runbooks/{runbook['id']}.md"))
            if token.type == "fence"
        ]
        for number, step in enumerate(runbook["steps"], 1):
            assert f"Step {number}: " in read(f"docs/runbooks/{runbook['id']}.md")
            for command in step.get("commands", []):
                for_us = command.get("engine") != "mysql" and command.get("orm") != "none"
                if "run" in command:
                    assert (command["run"].rstrip("\n") in fences) is for_us


def test_runbooks_stand_in_the_order_in_which_they_are_used() -> None:
    rows = [row for row in tables(read("docs/COVERAGE.md"))[0] if re.fullmatch(r"B[1-5]", row[0])]
    wanted = [row[2] for row in rows]
    assert len(wanted) == 5
    page = next(table for table in tables(read("docs/DISASTER_RECOVERY.md")) if table[0][0] == "Runbook")
    assert [row[0] for row in page[1:]] == wanted
    shown = re.findall(r'^ +- "(.*)": "runbooks/', read("mkdocs.yml"), re.MULTILINE)
    assert shown == wanted


def test_forms_and_workflow_are_yaml_with_the_policy_in_them() -> None:
    levels = [level["id"] for level in policy("risk-matrix")["levels"]]
    review = yaml.safe_load(read(".github/ISSUE_TEMPLATE/incident-review.yml"))
    (declared,) = [each for each in review["body"] if each.get("id") == "declared-level"]
    assert declared["attributes"]["options"] == [*levels, "Not declared"]
    incident = yaml.safe_load(read(".github/ISSUE_TEMPLATE/incident.yml"))
    ids = [each["id"] for each in incident["body"] if "id" in each]
    assert len(ids) == len(set(ids))
    workflow = yaml.safe_load(read(".github/workflows/migration-safety.yml"))
    assert workflow["permissions"] == {}


def test_rollout_hours_are_the_sum() -> None:
    hours = [each["hours"] for each in policy("rollout")["phases"] if "hours" in each]
    low, high = (sum(int(each[key]) for each in hours) for key in ("low", "high"))
    assert f"{low} to {high} hours" in read("docs/ROLLOUT.md")


def test_coverage_page_answers_every_row() -> None:
    table = tables(read("docs/COVERAGE.md"))[0]
    assert [row[0] for row in table[1:]] == [row["id"] for row in policy("coverage")["rows"]]
    assert [row[0] for row in table[1:] if not row[2]] == []
    assert "(index.md)" not in read("docs/COVERAGE.md")  # a row opens at its place, not at the front door


FLIPS = {
    "docs/APPROVAL_MATRIX.md": ("within 24 hours", "within 25 hours", "drift.edited"),
    "docs/RISK_LEVELS.md": ("[Tech lead](ROLES.md#tech-lead)", "nobody", "drift.edited"),
    "docs/checklists/deploy.md": ("Backup verified", "Backup considered", "drift.edited"),
    ".github/PULL_REQUEST_TEMPLATE.md": ("changes:none", "changes:some", "drift.edited"),
    ".github/CODEOWNERS": ("data-engineer", "everybody", "drift.edited"),
    ".claude/agents/data-engineer.md": ("Stop the merge", "Allow the merge", "drift.edited"),
    "docs/GITHUB_WORKFLOW.md": ("Data engineer", "Designer", "drift.edited"),
    "policies/risk-matrix.yaml": ("review_target_hours: 24", "review_target_hours: 36", "drift.stale-policy"),
    "templates/docs/FAQ.md.j2": ("# Questions", "# Many questions", "drift.stale-template"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("flip") / "tree")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for path in filter(None, done.stdout.decode().split("\0")):
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        shutil.copy(os.path.join(ROOT, path), os.path.join(folder, path))
    return folder


def check(folder: str, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "handrail", *words, "--root", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_copy_agrees(copy: str) -> None:
    assert check(copy, "check", "--full")[0] == 0
    assert check(copy, "check")[0] == 0


@pytest.mark.parametrize("path", FLIPS)
@pytest.mark.parametrize("words", [("check",), ("check", "--full")], ids=["fast", "full"])
def test_one_flipped_fact_is_found(copy: str, path: str, words: tuple[str, ...]) -> None:
    old, new, code = FLIPS[path]
    place = os.path.join(copy, path)
    with open(place, encoding="utf-8") as file:
        before = file.read()
    assert old in before
    try:
        with open(place, "w", encoding="utf-8") as file:
            file.write(before.replace(old, new))
        returned, said = check(copy, *words)
    finally:
        with open(place, "w", encoding="utf-8") as file:
            file.write(before)
    assert (returned, f"[{code}]" in said) == (1, True), said
