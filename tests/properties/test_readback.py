"""Every artefact of a generated policy, read as its reader reads it, says exactly what the policy says."""

import json
import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import check_jsonschema  # type: ignore[import-untyped]  # it ships no types
import jsonschema
import yaml
from hypothesis import example, given

from handrail.artefacts.catalogue import ARTEFACTS
from handrail.policy.checks import CHECKS
from handrail.policy.forms import forms_of
from handrail.policy.shape import Verbatim
from tests.properties.policies import policies, records_of, with_value
from tests.properties.project import examples, rendered
from tests.properties.readers import Page, Reader, Seen, read_codeowners, read_page, squeezed

Data = Mapping[str, Any]


class Book:
    """A rendered policy: its pages as they are read, and what they should say."""

    def __init__(self, data: Data) -> None:
        files, outcome = rendered(data)
        assert outcome.findings == ()
        self.data = data
        self.texts = {path: raw.decode() for path, raw in files.files.items()}
        self.reader = Reader(data)
        skipped = data["artefacts"]["skip"]
        for spec in ARTEFACTS:
            if spec.kind != "schema" and not spec.each and spec.id not in skipped:
                self.reader.titles["artefact", spec.id] = spec.title or spec.path
        for level in data["risk-matrix"]["levels"]:
            self.reader.titles["level", level["id"]] = level["id"]
        for check in CHECKS:
            self.reader.titles["check", check.id] = check.title

    def page(self, path: str) -> Page:
        """Return a page, an empty one where the team skips it."""
        return read_page(self.texts.get(path, "# skipped"))

    def has(self, path: str) -> bool:
        """Tell whether the file is made."""
        return path in self.texts

    @property
    def levels(self) -> list[Any]:
        """The rows of the matrix."""
        found: list[Any] = self.data["risk-matrix"]["levels"]
        return found

    def rank(self, level: str) -> int:
        """Return the place of a level in the matrix."""
        return [each["id"] for each in self.levels].index(level)

    def due(self, entries: list[Any], level: str) -> list[Any]:
        """Return the entries asked at a level, worked out anew."""
        return [each for each in entries if self.rank(each["from_level"]) <= self.rank(level)]

    def seen(self, text: str) -> str:
        """Return what a reader sees of a text."""
        return self.reader.seen(text)

    def approvals(self, level: Any, *, linked: bool = True) -> str:
        """Return the approvals of a level, written out: as links, or as the plain names of the roles."""
        parts = []
        for each in level["approvals"]:
            times = f"{each['count']} \u00d7 " if each.get("count", 1) > 1 else ""
            name = self.reader.titles["role", each["role"]]
            parts.append(times + (self.reader.title("role", each["role"]) if linked else self.seen(name)))
        return squeezed(" + ".join(parts))

    def review(self, level: Any) -> str:
        """Return within which time a level is reviewed."""
        hours = level.get("review_target_hours")
        return f"within {hours} hours" if hours else "agreed with the window"

    def deploy(self, level: Any) -> str:
        """Return when a level is deployed."""
        window, wait = level.get("deploy_window"), level.get("minimum_wait_hours")
        text = self.reader.title("window", window) if window else "any time"
        return squeezed(text + (f", at the earliest {wait} hours after the request" if wait else ""))

    def for_example(self, level: Any) -> str:
        """Return the examples of a level."""
        return squeezed("; ".join(self.seen(each["text"]) for each in level["examples"]))

    def item(self, item: Any) -> str:
        """Return a checklist item, with the level that asks for it first."""
        above = f" (from {item['from_level']} on)" if self.rank(item["from_level"]) else ""
        return self.seen(item["text"]) + above


def trimmed(code: str) -> str:
    """Return code without what nobody sees: spaces at the ends of lines, blank lines at the end."""
    return "\n".join(line.rstrip(" \t") for line in code.split("\n")).rstrip("\n")


def cells(rows: list[list[Seen]], count: int) -> list[list[str]]:
    """Return the texts of the first cells of each row."""
    return [[cell.text for cell in row[:count]] for row in rows]


def approval_matrix(book: Book) -> None:
    page = book.page("docs/APPROVAL_MATRIX.md")
    if not book.has("docs/APPROVAL_MATRIX.md"):
        return
    wanted = [
        [each["id"], book.for_example(each), book.approvals(each), book.review(each), book.deploy(each)]
        for each in book.levels
    ]
    assert cells(page.table("Level"), 5) == wanted
    asked = book.data["risk-matrix"]["requirements"]
    marks = [["yes" if each in book.due(asked, level["id"]) else "\u2013" for level in book.levels]
             for each in asked]  # fmt: skip
    titles = [book.reader.title("requirement", each["id"]) for each in asked]
    rows = [[title, *row] for title, row in zip(titles, marks, strict=True)]
    assert cells(page.table("Requirement"), len(book.levels) + 1) == rows
    below = page.after("What each level asks")
    assert below.headings(3) == [book.seen(each["title"]) for each in asked]
    said = [text for text in below.paragraphs() if text.startswith(("Why: ", "What counts as proof: "))]
    assert said == [
        text
        for each in asked
        for text in (f"Why: {book.seen(each['why'])}", f"What counts as proof: {book.seen(each['evidence'])}")
    ]
    flags = [
        [book.seen(each["text"]), book.seen(each["because"])] for each in book.data["agent"]["red_flags"]
    ]
    assert cells(page.table("What is seen"), 2) == flags


def agent(book: Book) -> None:
    path = ".claude/agents/data-engineer.md"
    if not book.has(path):
        return
    head = yaml.safe_load(book.texts[path].split("---\n")[1])
    assert head == {"name": book.data["agent"]["name"], "description": book.data["agent"]["description"]}
    page = book.page(path)
    wanted = [
        [each["id"], book.for_example(each), book.approvals(each), book.review(each), book.deploy(each)]
        for each in book.levels
    ]
    assert cells(page.table("Level"), 5) == wanted
    asked = book.data["risk-matrix"]["requirements"]
    assert [each.seen.text for each in page.after("What each level asks", 2).items()] == [
        squeezed(f"From {level['id']} on: {'; '.join(titles) or 'nothing more'}")
        for level in book.levels
        for titles in [[book.seen(each["title"]) for each in asked if each["from_level"] == level["id"]]]
    ]
    boxes = [each.seen.text for each in page.items() if each.box is not None]
    lists = {each["id"]: each for each in book.data["checklists"]["checklists"]}
    assert boxes == [
        f"{book.item(item)}: {book.seen(item['how'])}"
        for name in book.data["agent"]["review"]
        for item in lists[name]["items"]
    ]
    never = [book.seen(each) for each in book.data["agent"]["may_not"]]
    assert [each.seen.text for each in page.after("What you never do", 2).items()] == never


def pull_request_templates(book: Book) -> None:
    form = book.data["pull-request"]["pull_request"]
    lists = {each["id"]: each for each in book.data["checklists"]["checklists"]}
    for path in (".github/PULL_REQUEST_TEMPLATE.md", ".github/PULL_REQUEST_TEMPLATE/migration.md"):
        if not book.has(path):
            continue
        page = book.page(path)
        headings = [book.seen(each["label"]) for each in form["fields"]]
        headings += [book.seen(lists[each]["title"]) for each in form.get("checklists", [])]
        assert page.headings(3) == headings
        boxes = [(each.seen.text, *each.seen.comments) for each in page.items()]
        assert boxes == list(_boxes(book, form, lists))


def _boxes(book: Book, form: Any, lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in form["fields"]:
        for option in field.get("options", []):
            yield book.seen(option["text"]), f"{field['id']}:{option['id']}"
        for level in book.levels if field["kind"] == "level" else []:
            yield (
                squeezed(f"{level['id']}: {book.approvals(level, linked=False)}"),
                f"{field['id']}:{level['id']}",
            )
    for name in form.get("checklists", []):
        for item in lists[name]["items"]:
            if item["checked_by"] == "person":  # what CI checks needs no tick
                yield book.item(item), f"item:{item['id']}"


def checklists(book: Book) -> None:
    for checklist in book.data["checklists"]["checklists"]:
        page = book.page(f"docs/checklists/{checklist['id']}.md")
        if not page.headings(2):
            continue
        assert page.headings(1) == [book.seen(checklist["title"])]
        for level in book.levels:
            new = [each for each in checklist["items"] if each["from_level"] == level["id"]]
            if new:
                below = page.after(f"From {level['id']} on", 2)
                texts = [f"{book.seen(each['text'])} (why and how)" for each in new]
                assert [each.seen.text for each in below.items()] == texts
                assert [each.seen.links[-1] for each in below.items()] == [f"#{each['id']}" for each in new]
        below = page.after("Why and how", 2)
        assert below.headings(3) == [book.seen(each["text"]) for each in checklist["items"]]
        assert [code.removesuffix("\n") for code in below.codes()] == list(_commands(checklist["items"]))


def runbooks(book: Book) -> None:
    for runbook in book.data["runbooks"]["runbooks"]:
        page = book.page(f"docs/runbooks/{runbook['id']}.md")
        if not page.tables():
            continue
        facts = dict(cells(page.table("Fact"), 2))
        assert facts["Purpose"] == book.seen(runbook["purpose"])
        roles = ", ".join(book.reader.title("role", each) for each in runbook["roles"])
        assert facts["Who may act"] == squeezed(roles)
        stops = [book.seen(each) for each in runbook["stop_conditions"]]
        assert [each.seen.text for each in page.items()][: len(stops)] == stops
        below = page.after("Steps", 2)
        titles = [
            f"Step {number}: {book.seen(each['title'])}" for number, each in enumerate(runbook["steps"], 1)
        ]
        assert below.headings(3) == titles
        assert [code.removesuffix("\n") for code in below.codes()] == list(_commands(runbook["steps"]))
        repairs = [text for text in below.paragraphs() if text.startswith("If not: ")]
        assert repairs == [f"If not: {book.seen(each['if_not'])}" for each in runbook["steps"]]
        messages = [trimmed(each["text"]) for each in runbook.get("messages", [])]
        assert [code.removesuffix("\n") for code in page.codes()][len(below.codes()) :] == messages


def _commands(steps: list[Any]) -> Iterator[str]:
    for step in steps:
        for command in step.get("commands", []):
            if "run" in command:
                yield trimmed(command["run"])
            if "expect" in command:
                yield trimmed(command["expect"])


def codeowners(book: Book) -> None:
    owners = []
    for role in book.data["roles"]["roles"]:
        if role["id"] == "data-engineer":
            people = [each["login"] for each in role.get("members", []) if each.get("kind") != "agent"]
            owners = [f"@{each}" for each in ([role["github_team"]] if "github_team" in role else people)]
    paths = book.data["database"]["paths"]
    wanted = [f"/{paths['migrations']}/", f"/{paths['schema']}", "/policies/", "/templates/", "/.github/"]
    rules = read_codeowners(book.texts[".github/CODEOWNERS"])
    assert rules == [(path, owners) for path in wanted]


def issue_forms(book: Book) -> None:
    place = os.path.join(os.path.dirname(check_jsonschema.__file__), "builtin_schemas", "vendor")
    with open(os.path.join(place, "github-issue-forms.json"), encoding="utf-8") as file:
        schema = json.load(file)
    other = {
        "situation": "Something else",
        "environment": "Somewhere else",
        "control": "None of them",
        "declared-level": "Not declared",
    }
    levels = [each["id"] for each in book.levels]
    wanted = {
        "situation": [book.seen(each["title"]) for each in book.data["guide"].get("scenarios", [])],
        "environment": [book.seen(each["title"]) for each in book.data["team"].get("environments", [])],
        "declared-level": levels,
        "true-level": levels,
        "control": [book.seen(each["title"]) for each in book.data["controls"]["controls"]],
    }
    for path in (".github/ISSUE_TEMPLATE/incident.yml", ".github/ISSUE_TEMPLATE/incident-review.yml"):
        if not book.has(path):
            continue
        form = yaml.safe_load(book.texts[path])
        jsonschema.validate(form, schema)
        for part in form["body"]:
            if part.get("id") in wanted:
                options = [squeezed(each) for each in part["attributes"]["options"]]
                last = [other[part["id"]]] if part["id"] in other else []
                assert options == list(dict.fromkeys(wanted[part["id"]] + last))


def workflow(book: Book) -> None:
    path = ".github/workflows/migration-safety.yml"
    if book.has(path):
        made = yaml.load(book.texts[path], Loader=yaml.BaseLoader)  # noqa: S506  # strings only
        branch = book.data["team"]["team"]["repository"]["default_branch"]
        assert made["on"]["push"]["branches"] == [branch]
        assert made["on"]["pull_request"]["branches"] == [branch]
        wanted = "write" if book.data["pull-request"]["pull_request"].get("comment") else "read"
        assert made["jobs"]["gate"]["permissions"]["pull-requests"] == wanted
        commands = [step["run"] for step in made["jobs"]["gate"]["steps"] if "run" in step]
        assert commands[-1].endswith("--comment") is (wanted == "write")


def labels(book: Book) -> None:
    path, guide = ".github/labels.json", "docs/INTEGRATION_GUIDE.md"
    meanings = {level["id"]: book.seen(level["meaning"]) for level in book.levels}
    wanted = book.data["pull-request"]["pull_request"].get("labels", [])
    if book.has(path):
        made = json.loads(book.texts[path])
        assert [(each["name"], each["color"]) for each in made] == [
            (trimmed(each["name"]), each["colour"]) for each in wanted
        ]
        for each, label in zip(made, wanted, strict=True):
            check_description(each["description"], meanings[label["level"]])
    if book.has(guide) and wanted:
        lines = [code for code in book.page(guide).codes() if code.startswith("gh label create")]
        typed = [shlex.split(line) for line in lines[0].splitlines()]
        assert [(words[-1], words[5]) for words in typed] == [
            (squeezed(each["name"]), each["colour"]) for each in wanted
        ]
        for words, label in zip(typed, wanted, strict=True):
            assert words[:5] == ["gh", "label", "create", "--force", "--color"]
            assert words[6::2] == ["--description", "--"]
            check_description(words[7], meanings[label["level"]])


def check_description(text: str, meaning: str) -> None:
    """Hold a label's description against the meaning of its level: all of it, or what there is room for."""
    assert 0 < len(text) <= 100
    assert meaning == text or (text[-1] == "\u2026" and meaning.startswith(text[:-1]))


def ruleset(book: Book) -> None:
    path = ".github/rulesets/migration-safety.json"
    if not book.has(path):
        return
    made = json.loads(book.texts[path])
    rules = {rule["type"]: rule.get("parameters", {}) for rule in made["rules"]}
    branch = book.data["team"]["team"]["repository"]["default_branch"]
    assert made["conditions"]["ref_name"] == {"include": [f"refs/heads/{branch}"], "exclude": []}
    asked = sum(int(each.get("count", 1)) for each in book.levels[0]["approvals"])
    assert rules["pull_request"]["required_approving_review_count"] == min(asked, 10)
    assert rules["pull_request"]["dismiss_stale_reviews_on_push"] is book.data["risk-matrix"]["dismiss_stale"]
    (check,) = rules["required_status_checks"]["required_status_checks"]
    workflow = ".github/workflows/migration-safety.yml"
    if book.has(workflow):
        made = yaml.safe_load(book.texts[workflow])
        assert check["context"] == made["name"]
        assert f"'{check['context']}' }}}}" in made["jobs"]["gate"]["name"]


def operations(book: Book) -> None:
    page = book.page("docs/OPERATIONS.md")
    if not book.has("docs/OPERATIONS.md"):
        return
    engines = {each["engine"] for each in book.data["database"]["databases"]}
    for level in book.levels:
        own = [
            each
            for each in book.data["operations"]["operations"]
            if each["level"] == level["id"] and engines & set(each["dialects"])
        ]
        if not own:
            continue
        rows = page.after(level["id"], 2).table("Operation")
        assert [row[0].anchors for row in rows] == [(each["id"],) for each in own]
        for row, each in zip(rows, own, strict=True):
            words = [each["id"], book.seen(each["title"])]
            words += [f"{at['level']} when {book.seen(at['when'])}" for at in each.get("raised", [])]
            assert row[0].text == squeezed(" ".join(words))
            dangers = ", ".join(book.reader.title("danger", at) for at in each.get("dangers", []))
            assert row[-2].text == squeezed(dangers)  # a column with the engines stands before, if several


def operation_pages(book: Book) -> None:
    for each in book.data["operations"]["operations"]:
        path = f"docs/operations/{each['id']}.md"
        if not book.has(path):
            continue
        facts = {row[0].text: row[1].text for row in book.page(path).table("Fact")}
        assert facts["Operation"] == each["id"]
        assert facts["Level"].split()[0] == each["level"]
        for at in each.get("raised", []):
            assert f"{at['level']} if this holds: {book.seen(at['when'])}" in facts["Level"]
        dangers = ", ".join(book.reader.title("danger", at) for at in each.get("dangers", []))
        assert facts["Danger"] == (squeezed(dangers) or "none")


SHOWN_ELSEWHERE = {
    ("AgentFile", "description"),  # front matter of the agent, read above
    ("Field", "help"),  # a comment in the template
    ("Label", "name"),  # in the lines that make it, read above
    ("Level", "title"),  # where a text refers to the level
    ("Team", "name"),
}


def nothing_is_lost(book: Book) -> None:
    """Find every text of the policy on some page, to the letter."""
    if book.data["artefacts"]["skip"]:
        return
    pages = (book.page(path) for path in book.texts if path.endswith(".md"))
    shown = " ".join(text for page in pages for text in page.everything())
    for place, text in _texts(book):
        assert text in shown, (place, text)


def _texts(book: Book) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield (place, what a reader should see) for every prose and code of the policy."""
    tables = [each for pattern in book.data["patterns"]["patterns"] for each in pattern.get("setup", [])]
    for cls, record in records_of(dict(book.data)):
        if any(record is each for each in tables):
            continue  # what tests of the SQL start from is not printed
        for name, (form, _, _) in forms_of(cls).items():
            place, item = (cls.__name__, name), form.item or form
            if name not in record or place in SHOWN_ELSEWHERE or not (item.prose or item.mark(Verbatim)):
                continue
            for text in record[name] if form.item else [record[name]]:
                yield place, book.seen(text) if item.prose else squeezed(text)


READ: tuple[Callable[[Book], None], ...] = (
    approval_matrix,
    agent,
    pull_request_templates,
    checklists,
    runbooks,
    codeowners,
    issue_forms,
    workflow,
    labels,
    ruleset,
    operations,
    operation_pages,
    nothing_is_lost,
)


@examples(12)
@given(policies())
@example(with_value("a | b", "waivers", "waivers", 0, "object"))
@example(with_value("the `[[role:tech-lead]]` of [[role:tech-lead]]", "guide", "scenarios", 0, "title"))
@example(with_value([], "team", "environments"))
@example(with_value("In `one` | two", "runbooks", "runbooks", 0, "title"))
def test_every_artefact_reads_back(data: dict[str, Any]) -> None:
    book = Book(data)
    for read in READ:
        read(book)
