"""handrail review as a process, with real git: from an untouched template to green, and red again."""

import json
from pathlib import Path

import pytest

from handrail.adapters.git import Git
from handrail.core.errors import HandrailError
from tests.minimal.builder import Done, git, lay_down, run
from tests.pull_requests.cases import HEAD, ROOT, read_case

SAME = (
    "untouched-low",
    "good-low",
    "good-code",
    "schema-without-migration",
    "history-renamed",
    "history-overtaken",
    "policy-adds-a-member",
    "waiver-in-the-script",
    "cascade-of-a-table-not-named",
    "missing-rollback-evidence",
    "inert-file-name",
)
"""Cases whose answer does not depend on the day."""


def branch_of(root: Path, name: str) -> Path:
    """Lay a case down as a repository: main went on, and the branch is checked out."""
    case = read_case(ROOT / name)
    root.mkdir()
    git(root, "init", "-q")
    _commit(lay_down(root, case.base), "base")
    git(root, "branch", "change")
    _replace(root, case.main)
    _commit(root, "main went on")
    git(root, "checkout", "-q", "change")
    _replace(root, case.head)
    _commit(root, "the change")
    return root


def _replace(root: Path, files: dict[str, bytes]) -> None:
    git(root, "rm", "-rq", ".")
    lay_down(root, files)


def _commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", message, "--allow-empty")


def reviewed(root: Path, outside: Path, name: str, *words: str) -> Done:
    """Run the gate on a case as its author would, on a laptop."""
    case = read_case(ROOT / name)
    head = git(root, "rev-parse", "HEAD").strip()
    reviews = [
        {
            "user": {"login": each.login, "type": "Bot" if each.is_bot else "User"},
            "state": each.state.upper(),
            "commit_id": head if each.commit == HEAD else "b" * 40,
            "submitted_at": each.submitted,
        }
        for each in case.reviews
    ]
    (outside / "reviews.json").write_text(json.dumps(reviews), encoding="utf-8")
    (outside / "body.md").write_bytes((ROOT / name / "body.md").read_bytes())
    given = ["--base", "main", "--body", str(outside / "body.md"), "--reviews", str(outside / "reviews.json")]
    return run(root, "review", *given, "--author", case.pull_request.author, *words)


@pytest.mark.parametrize("name", SAME)
def test_with_real_git_the_answer_is_the_same(tmp_path: Path, name: str) -> None:
    root = branch_of(tmp_path / "team", name)
    expected = (ROOT / name / "expected.txt").read_bytes().decode()
    done = reviewed(root, tmp_path, name)
    assert done.out == expected
    assert (done.code, done.err) == (
        0 if "Ready to merge.\n" in expected and "Not ready" not in expected else 1,
        "",
    )


def test_a_commit_after_the_approvals_turns_it_red(tmp_path: Path) -> None:
    root = branch_of(tmp_path / "team", "good-low")
    assert reviewed(root, tmp_path, "good-low").code == 0
    reviews = (tmp_path / "reviews.json").read_bytes()
    _commit(root, "one more thing")
    (tmp_path / "reviews.json").write_bytes(reviews)
    given = (
        "--base",
        "main",
        "--body",
        str(tmp_path / "body.md"),
        "--reviews",
        str(tmp_path / "reviews.json"),
    )
    done = run(root, "review", *given, "--author", "developer-1")
    assert done.code == 1
    assert "which is not the last commit" in " ".join(done.out.split())


def test_without_a_body_everything_is_missing(tmp_path: Path) -> None:
    root = branch_of(tmp_path / "team", "good-low")
    done = run(root, "review", "--base", "main")
    assert (done.code, done.err) == (1, "")
    assert "The question is not in the body." in " ".join(done.out.split())


def test_a_base_that_is_not_there_is_no_green_light(tmp_path: Path) -> None:
    root = branch_of(tmp_path / "team", "good-code")
    done = run(root, "review", "--base", "nowhere")
    assert (done.code, done.out) == (2, "")
    assert "there is no revision 'nowhere'" in done.err


def test_a_shallow_clone_is_no_green_light(tmp_path: Path) -> None:
    root = branch_of(tmp_path / "team", "good-code")
    git(
        tmp_path,
        "clone",
        "-q",
        "--depth",
        "1",
        "--no-single-branch",
        "-b",
        "change",
        root.as_uri(),
        "shallow",
    )
    done = run(tmp_path / "shallow", "review", "--base", "origin/main")
    assert (done.code, done.out) == (2, "")
    assert "fetch-depth 0" in done.err


def test_where_a_branch_left_and_what_it_changed(tmp_path: Path) -> None:
    root = branch_of(tmp_path / "team", "history-renamed")
    (root / "src" / "greeting.ts").unlink()
    (root / "new file.txt").write_text("not committed", encoding="utf-8")
    there = Git(str(root))
    start = there.merge_base("main")
    assert start == git(root, "merge-base", "main", "HEAD").strip()
    assert there.head() == git(root, "rev-parse", "HEAD").strip()
    home = "prisma/migrations/20251013_090000_create"
    assert there.changed(start) == {
        f"{home}_drafts/down.sql": "D",
        f"{home}_drafts/migration.sql": "D",
        f"{home}_the_drafts/migration.sql": "A",
        "src/greeting.ts": "D",
        "new file.txt": "A",
    }
    assert there.upstream() == "main"


def test_the_default_branch_of_the_remote_goes_before_our_own(tmp_path: Path) -> None:
    root = branch_of(tmp_path / "team", "good-code")
    git(tmp_path, "clone", "-q", str(root), "copy")
    git(tmp_path / "copy", "remote", "set-head", "origin", "main")
    assert Git(str(tmp_path / "copy")).upstream() == "origin/main"


def test_branches_without_a_common_commit_are_said_to_be_such(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-qm", "one", "--allow-empty")
    git(tmp_path, "checkout", "-q", "--orphan", "other")
    git(tmp_path, "commit", "-qm", "two", "--allow-empty")
    with pytest.raises(HandrailError, match="no commit in common") as caught:
        Git(str(tmp_path)).merge_base("main")
    assert "fetch-depth 0" in caught.value.hint
