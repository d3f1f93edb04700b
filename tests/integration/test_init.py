"""handrail init in places of every kind: no repository, a clone, a folder of one, a place that is locked."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from handrail.adapters.disk import Disk
from handrail.adapters.git import Git
from handrail.adapters.resources import Resources
from handrail.commands.init import EXTRA, init
from handrail.core.errors import HandrailError
from handrail.rules.examples import RECORD
from tests.fakes import MemoryRepository
from tests.minimal.builder import git, lay_down, run, tree

NOBODY = 65534


def test_an_empty_folder_without_git(tmp_path: Path) -> None:
    done = run(tmp_path, "init")
    assert (done.code, done.err) == (0, "")
    assert "There is no git remote 'origin'" in done.out
    assert run(tmp_path, "render").code == 0


def test_a_machine_without_git(tmp_path: Path) -> None:
    assert run(tmp_path, "init", PATH="").code == 0


def test_a_folder_that_is_made(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--dir", "services/api").code == 0
    assert (tmp_path / "services" / "api" / "policies" / "team.yaml").exists()


def test_a_folder_of_a_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "remote", "add", "origin", "https://github.com/acme/ledger.git")
    done = run(tmp_path, "init", "--dir", "services/api")
    assert "GitHub reads .github/ at its root" in done.out
    home = tmp_path / "services" / "api"
    assert run(home, "render").code == 0
    assert run(home, "check", "--full").code == 0
    assert not (home / ".github").exists()
    assert "/blob/main/services/api/policies/" in (home / "docs" / "index.md").read_text(encoding="utf-8")


def test_the_default_branch_is_not_the_one_that_is_checked_out(tmp_path: Path) -> None:
    upstream, clone = tmp_path / "upstream", tmp_path / "clone"
    upstream.mkdir()
    git(upstream, "init", "-q", "-b", "trunk")
    git(upstream, "commit", "-q", "--allow-empty", "-m", "first")
    git(tmp_path, "clone", "-q", str(upstream), "clone")
    git(clone, "switch", "-q", "-c", "feature/handrail")
    assert Git(str(clone)).origin() == ("", "trunk")
    git(clone, "remote", "set-head", "origin", "--delete")
    assert Git(str(clone)).origin() == ("", "feature/handrail")
    git(clone, "branch", "master")
    assert Git(str(clone)).origin() == ("", "master")


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("git@github.com:acme/ledger.git", "https://github.com/acme/ledger"),
        ("https://github.com/acme/ledger", "https://github.com/acme/ledger"),
        ("https://somebody:secret@github.com/acme/ledger.git", "https://github.com/acme/ledger"),
        ("ssh://git@git.example.org/group/sub/ledger.git/", "https://git.example.org/group/sub/ledger"),
        ("../upstream", ""),
        ("/srv/git/ledger.git", ""),
    ],
)
def test_the_web_address_of_a_remote(tmp_path: Path, address: str, web: str) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "remote", "add", "origin", address)
    assert Git(str(tmp_path)).origin()[0] == web


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"policies": b"a file\n"}, "policies"),
        ({"docs": b"a file\n"}, "docs"),
    ],
)
def test_a_file_where_a_folder_is_needed(tmp_path: Path, there: dict[str, bytes], said: str) -> None:
    before = tree(lay_down(tmp_path, there))
    done = run(tmp_path, "init")
    assert done.code == 2
    assert done.err.startswith(f"handrail: {said}")
    assert "hint:" in done.err
    assert tree(tmp_path) == before


def test_a_link_that_leads_out_of_the_repository(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (inside / "policies").symlink_to(outside)
    done = run(inside, "init")
    assert done.code == 2
    assert "a symbolic link on the path leads out of the repository" in done.err
    assert tree(outside) == {}
    assert [path.name for path in inside.iterdir()] == ["policies"]


@pytest.mark.parametrize("folder", ["file/below", "file"])
def test_dir_that_is_no_folder(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run(tmp_path, "init", "--dir", folder)
    assert (done.code, done.err.count("\n")) == (2, 2)
    assert done.err.startswith(f"handrail: {folder}: ")


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    shipped = Loaded()
    init(Disk(str(tmp_path)), MemoryRepository({}), shipped)  # loads code that others may not read
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o555)  # noqa: S103  # all may read and nobody may write: that is the case
        with without_rights(), pytest.raises(HandrailError, match="permission denied") as raised:
            init(Disk(name), MemoryRepository({}), shipped)
        assert "chmod" in raised.value.hint
        assert os.listdir(name) == []


class Loaded(Resources):
    """What is shipped, read beforehand: the checkout may lie where others may not read."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = {path: super(Loaded, self).read(path) for path in self.all()}

    def all(self) -> list[str]:
        """Return every path that init reads."""
        return [*super().find("policies"), *super().find("templates"), *EXTRA, RECORD]

    def find(self, folder: str) -> tuple[str, ...]:
        """Return the shipped files below ``folder``."""
        return tuple(path for path in self.texts if path.startswith(folder + "/"))

    def read(self, path: str) -> bytes:
        """Return the bytes of a shipped file."""
        return self.texts[path]


@contextmanager
def without_rights() -> Iterator[None]:
    """Go on as a user that may write next to nothing: root may write everywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
