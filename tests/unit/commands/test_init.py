"""handrail init: lays down, overwrites nothing, says what is in the way and what is to be done."""

import re

import pytest

from handrail.commands.init import EXTRA, init
from handrail.commands.render import RenderOptions, render
from handrail.commands.validate import validate
from handrail.policy.model import FILES
from tests.fakes import MemoryFiles, MemoryRepository, ShippedTemplates

GO = {"db/migrations/000001_a.up.sql": "CREATE TABLE a (id BIGSERIAL);"}


class Repository(MemoryRepository):
    """A repository at some address, on some branch, worked in at some folder."""

    def __init__(
        self, url: str = "https://github.com/acme/ledger", branch: str = "main", folder: str = ""
    ) -> None:
        super().__init__({})
        self.answers = url, branch
        self.inside = folder

    def origin(self) -> tuple[str, str]:
        """Return (web address, default branch)."""
        return self.answers

    def folder(self) -> str:
        """Return the folder that is worked in."""
        return self.inside


def started(there: dict[str, str], repository: Repository | None = None) -> tuple[MemoryFiles, str]:
    """Return the files after ``handrail init``, and what it said."""
    files = MemoryFiles({path: text.encode() for path, text in there.items()})
    outcome = init(files, repository or Repository(), ShippedTemplates())
    assert outcome.code == 0
    assert not outcome.findings
    return files, outcome.text


def text_of(files: MemoryFiles, path: str) -> str:
    return files.files[path].decode()


def errors(files: MemoryFiles) -> list[str]:
    return [str(each) for each in validate(files).findings if each.severity != "note"]


def test_everything_is_laid_down_and_a_second_run_finds_nothing_missing() -> None:
    files, said = started({})
    stems = {path.removeprefix("policies/").split("/")[0].removesuffix(".yaml") for path in files.files}
    assert stems >= set(FILES)
    assert set(EXTRA) <= set(files.files)
    assert errors(files) == []
    assert "In the way" not in said
    before = dict(files.files)
    again = init(files, Repository(), ShippedTemplates()).text
    assert files.files == before
    assert "Nothing was missing" in again
    assert "written" not in again


@pytest.mark.parametrize("path", [*EXTRA, "policies/roles.yaml", "policies/runbooks/3-restore.yaml"])
def test_what_is_there_stays_as_it_is(path: str) -> None:
    files, said = started({path: "# ours\n"})
    assert files.files[path] == b"# ours\n"
    assert f"kept       {path}" in said


def test_of_a_policy_file_in_parts_nothing_is_added() -> None:
    files, _ = started({"policies/runbooks/ours.yaml": "runbooks: []\n", "policies/faq.yaml": "faq: []\n"})
    assert [path for path in files.files if path.startswith("policies/runbooks")] == [
        "policies/runbooks/ours.yaml"
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("docs/index.md", "docs/index.md is yours. Move it away; or, to keep it, write 'home' into 'skip:'"),
        (".github/workflows/migration-safety.yml", "write 'safety-workflow' into 'skip:'"),
        ("pull_request_template.md", "pull_request_template.md is a pull-request template as well"),
        (
            "docs/PULL_REQUEST_TEMPLATE.txt",
            "docs/PULL_REQUEST_TEMPLATE.txt is a pull-request template as well",
        ),
        (".github/pull_request_template.md", "GitHub shows one"),
        (".github/PULL_REQUEST_TEMPLATE.md", "write 'pull-request-template' into 'skip:'"),
        ("CODEOWNERS", "GitHub reads .github/CODEOWNERS first: none is made"),
        ("docs/CODEOWNERS", "take 'codeowners' out of 'skip:'"),
    ],
)
def test_what_is_in_the_way_is_told(path: str, said: str) -> None:
    assert said in started({path: "ours\n"})[1]
    assert said not in started({})[1]


@pytest.mark.parametrize(
    "path", ["templates/pull_request_template.md", "src/CODEOWNERS", "docs/guide/index.md"]
)
def test_what_is_in_nobodys_way_is_not_mentioned(path: str) -> None:
    assert "In the way" not in started({path: "ours\n"})[1]


def test_no_codeowners_is_made_that_would_hide_the_teams_own() -> None:
    files, _ = started({"CODEOWNERS": "* @acme/all\n"})
    render(files, ShippedTemplates(), RenderOptions())
    assert ".github/CODEOWNERS" not in files.files


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        (".github/CODEOWNERS", "* @acme/all\n"),
        ("mkdocs.yml", "site_name: ours\nnav:\n  - index.md\n"),
        ("docs/GITHUB_WORKFLOW.md", "# How we work\n"),
    ],
)
def test_the_lines_that_it_prints_are_those_that_render_needs(path: str, ours: str) -> None:
    files, said = started({path: ours})
    lines = re.findall(r"^ {6}((?:#|<!--) handrail:.*)$", said, re.MULTILINE)
    assert lines
    indent = "  " if path == "mkdocs.yml" else ""
    marked = ours + "".join(f"\n{indent}{line}\n" for line in lines)
    files.files[path] = marked.encode()
    codes = {each.code for each in render(files, ShippedTemplates(), RenderOptions()).findings}
    assert not {code for code in codes if code.startswith(("block.", "drift."))}
    assert text_of(files, path).startswith(ours)
    assert "Generated by Handrail" in text_of(files, path)


def test_what_is_to_fill_in_is_what_validate_notes() -> None:
    files, said = started(GO)
    listed = re.findall(r"^  (policies/\S+:\d+): .*# TODO\b", said, re.MULTILINE)
    notes = [each for each in validate(files).findings if each.code == "policy.todo"]
    assert listed == [f"{each.location.path}:{each.location.line}" for each in notes]
    assert all(each.severity == "note" for each in notes)
    path, line = listed[0].split(":")
    assert "# TODO" in text_of(files, path).splitlines()[int(line) - 1]


def test_a_mark_inside_a_text_is_no_mark() -> None:
    files, _ = started({})
    files.files["policies/waivers.yaml"] = b"# no TODO here, nor in a#TODO\nwaivers: []\n"
    assert not [each for each in validate(files).findings if each.location.path.endswith("waivers.yaml")]


def test_nothing_of_the_examples_team_is_left() -> None:
    files, _ = started(GO)
    example = re.compile(r"meal.planner|\btests/|make render|\bbackend/", re.IGNORECASE)
    assert {path: found[0] for path in files.files if (found := example.search(text_of(files, path)))} == {}
    assert "github_team: acme/data-engineer # TODO" in text_of(files, "policies/roles.yaml")


@pytest.mark.parametrize(
    ("url", "branch"),
    [
        ("", "main"),
        ("https://github.com/acme/2048", "master"),
        ("https://github.com/acme/true", "trunk"),
        ("https://git.example.org/my.group/sub/a-b_c.d", "odd/branch_1.x"),
    ],
)
def test_any_address_and_branch_make_a_valid_policy(url: str, branch: str) -> None:
    files, said = started({}, Repository(url, branch))
    assert errors(files) == []
    assert ("no git remote" in said) is not bool(url)
    assert f"origin/{branch}" in text_of(files, "policies/checklists.yaml")


def test_in_a_folder_of_a_repository_links_count_from_its_root() -> None:
    files, said = started({}, Repository(folder="services/api"))
    assert "This is the folder services/api of a repository" in said
    render(files, ShippedTemplates(), RenderOptions())
    assert "https://github.com/acme/ledger/blob/main/services/api/policies/" in text_of(
        files, "docs/ROLES.md"
    )
    assert not [path for path in files.files if path.startswith(".github/")]


def test_what_was_not_taken_is_told() -> None:
    source = 'datasource db {\n  provider = "sqlite"\n}\n'
    _, said = started({"a/schema.prisma": source, "b/schema.prisma": source})
    assert "Not taken, as one policy guards one database: b/schema.prisma." in said


def test_an_unknown_engine_is_told() -> None:
    files, said = started({"migrations/0001_a.sql": "CREATE TABLE a (id int);"})
    assert "Nothing shows the engine of the database" in said
    assert re.search(r"^  - engine: \w+ # TODO$", text_of(files, "policies/database.yaml"), re.MULTILINE)
