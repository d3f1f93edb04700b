"""The git adapter, on real repositories."""

from pathlib import Path

import pytest

from handrail.adapters.git import Git
from handrail.core.errors import HandrailError
from tests.minimal.builder import git

FIRST = {
    "policies/team.yaml": b"one\r\n",
    "policies/with space.yaml": b"space",
    "policies/r\u00e9gles/\u65e5.yaml": b"names",
    "policies/empty.yaml": b"",
    "policies/bytes.yaml": b"\xff\x00\n\n",
    "policies2/team.yaml": b"not below policies",
    "other.md": b"other",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of two commits, the same files also in ``services/api``."""
    root = tmp_path_factory.mktemp("git")
    git(root, "init", "-q")
    for place in (root, root / "services" / "api"):
        for path, raw in FIRST.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(raw)
    (root / "policies" / "link.yaml").symlink_to("team.yaml")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    git(root, "tag", "v1")
    git(root, "tag", "-am", "annotated", "v1-annotated")
    (root / "policies" / "team.yaml").write_bytes(b"two\n")
    git(root, "rm", "-q", "policies/empty.yaml")
    git(root, "commit", "-qam", "second")
    git(root, "branch", "topic/x")
    (root / "policies" / "team.yaml").write_bytes(b"not committed\n")
    return root


def wanted(first: bool) -> dict[str, bytes]:
    files = {path: raw for path, raw in FIRST.items() if path.startswith("policies/")}
    if not first:
        files["policies/team.yaml"] = b"two\n"
        del files["policies/empty.yaml"]
    return files


@pytest.mark.parametrize(
    ("revision", "first"),
    [
        ("v1", True),
        ("v1-annotated", True),
        ("HEAD~1", True),
        ("HEAD^", True),
        ("HEAD", False),
        ("main", False),
        ("topic/x", False),
        ("@", False),
    ],
)
def test_files_as_they_were(root: Path, revision: str, first: bool) -> None:
    found = dict(Git(str(root)).files_at(revision, "policies"))
    assert found.pop("policies/link.yaml") == b"team.yaml"
    assert found == wanted(first)


def test_paths_count_from_the_folder_that_was_named(root: Path) -> None:
    assert Git(str(root / "services" / "api")).files_at("HEAD", "policies") == wanted(True)


def test_a_folder_that_was_not_there_holds_nothing(root: Path) -> None:
    assert Git(str(root)).files_at("HEAD", "templates") == {}


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "v2", "HEAD~99", "main:policies", "", "--help", "-n1", "a b", "main..v1", "\u00e9"],
)
def test_what_is_no_revision_is_said_to_be_none(root: Path, revision: str) -> None:
    with pytest.raises(HandrailError, match="revision") as caught:
        Git(str(root)).files_at(revision, "policies")
    assert f"'{revision}'" in str(caught.value)


def test_outside_of_a_repository_that_is_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(HandrailError, match="not a git repository"):
        Git(str(tmp_path)).files_at("HEAD", "policies")
    assert Git(str(tmp_path)).origin() == ("", "main")


def test_without_git_the_error_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HandrailError, match="git is not installed") as caught:
        Git(str(root)).files_at("HEAD", "policies")
    assert caught.value.hint == "Install git."


WEB = "https://github.com/acme/ledger"
REMOTES = {
    "git@github.com:acme/ledger.git": WEB,
    "git@github.com:acme/ledger": WEB,
    "https://github.com/acme/ledger.git": WEB,
    "https://github.com/acme/ledger": WEB,
    "https://github.com/acme/ledger/": WEB,
    "https://ada:ghp_secret@github.com/acme/ledger.git": WEB,
    "ssh://git@github.com/acme/ledger.git": WEB,
    "ssh://git@github.com:22/acme/ledger.git": WEB,
    "ssh://github.com/acme/ledger": WEB,
    "https://git.example.org:8443/acme/ledger.git": "https://git.example.org:8443/acme/ledger",
    "git@gitlab.example.org:group/sub/ledger.git": "https://gitlab.example.org/group/sub/ledger",
    "/srv/git/ledger.git": "",
    "../ledger": "",
    "file:///srv/git/ledger.git": "",
    "C:\\git\\ledger": "",
    "": "",
}


@pytest.mark.parametrize("remote", REMOTES)
def test_the_web_address_of_a_remote(tmp_path: Path, remote: str) -> None:
    git(tmp_path, "init", "-q")
    if remote:
        git(tmp_path, "config", "remote.origin.url", remote)
    url, branch = Git(str(tmp_path)).origin()
    assert url == REMOTES[remote]
    assert "secret" not in url
    assert branch == "main"


@pytest.mark.parametrize("branch", ["trunk", "release/2", "\u00fcbung"])
def test_the_branch_is_the_one_that_is_checked_out(tmp_path: Path, branch: str) -> None:
    git(tmp_path, "init", "-q", "-b", branch)
    assert Git(str(tmp_path)).origin()[1] == branch


def test_a_detached_head_counts_as_main(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(root), "copy")
    git(tmp_path / "copy", "checkout", "-q", "v1")
    assert Git(str(tmp_path / "copy")).origin()[1] == "main"
