"""What only a real disk has: links, modes, drafts, other processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.adapters.disk import LOCK, Disk
from handrail.core.errors import HandrailError
from tests.minimal.builder import environment


@pytest.fixture
def root(tmp_path: Path) -> Path:
    inside = tmp_path / "repository"
    (inside / "docs").mkdir(parents=True)
    (inside / "docs" / "page.md").write_bytes(b"old")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_bytes(b"secret")
    return inside


LINKS = [
    ("docs/link.md", "../../outside/secret.md", "docs/link.md", "leads out of the repository"),
    ("docs/link.md", "../../outside/new.md", "docs/link.md", "leads out of the repository"),
    ("away", "../outside", "away/secret.md", "leads out of the repository"),
    ("away", "../outside", "away/deep/new.md", "leads out of the repository"),
    ("docs/link.md", "page.md", "docs/link.md", "the path is a symbolic link"),
    ("near", "docs", "near/page.md", ""),
    ("docs/up", "..", "docs/up/docs/page.md", ""),
]


@pytest.mark.parametrize(("link", "target", "path", "problem"), LINKS)
def test_a_symbolic_link_may_not_lead_out(
    root: Path, link: str, target: str, path: str, problem: str
) -> None:
    (root / link).symlink_to(target)
    said = Disk(str(root)).problem_with(path)
    assert problem in said
    assert bool(said) is bool(problem)


def test_the_root_itself_may_be_reached_by_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root)
    disk = Disk(str(tmp_path / "alias"))
    assert disk.problem_with("docs/page.md") == ""
    disk.write("docs/page.md", b"new")
    assert (root / "docs" / "page.md").read_bytes() == b"new"


def test_folders_behind_links_are_not_searched(root: Path) -> None:
    (root / "docs" / "away").symlink_to("../../outside")
    (root / "docs" / "loop").symlink_to("..")
    assert Disk(str(root)).find("docs", (".md",)) == ("docs/page.md",)


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755])
def test_a_file_keeps_its_mode(root: Path, mode: int) -> None:
    (root / "docs" / "page.md").chmod(mode)
    Disk(str(root)).write("docs/page.md", b"new")
    assert (root / "docs" / "page.md").stat().st_mode & 0o777 == mode


def test_a_write_replaces_the_file_and_leaves_nothing_beside_it(root: Path) -> None:
    with (root / "docs" / "page.md").open("rb") as reader:
        Disk(str(root)).write("docs/page.md", b"new and longer")
        assert reader.read() == b"old"
    assert [path.name for path in (root / "docs").iterdir()] == ["page.md"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("docs", "is a directory"),
        ("docs/page.md/x", "file exists"),
        ("docs/" + "n" * 300 + ".md", "file name too long"),
    ],
)
def test_a_failed_write_leaves_no_draft(root: Path, path: str, reason: str) -> None:
    with pytest.raises(HandrailError, match=reason):
        Disk(str(root)).write(path, b"data")
    assert [each.relative_to(root).as_posix() for each in sorted(root.rglob("*"))] == ["docs", "docs/page.md"]


@pytest.mark.parametrize(
    "place", ["", "docs/", "docs/deep/", ".github/", ".claude/agents/", ".handrail/", "policies/schemas/"]
)
def test_drafts_of_a_killed_writer_are_swept(root: Path, place: str) -> None:
    draft = root / place / ".page.md.4711.handrail-new"
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(b"half")
    with Disk(str(root)).locked():
        assert not draft.exists()
    assert (root / "docs" / "page.md").read_bytes() == b"old"


HOLDER = """
import sys
from handrail.adapters.disk import Disk
with Disk(sys.argv[1]).locked():
    print("held", flush=True)
    sys.stdin.readline()
    Disk(sys.argv[1]).write("docs/page.md", b"by the first")
"""


def test_a_second_writer_waits_for_the_first(root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        holder.stdin.write("go on\n")
        holder.stdin.flush()
        with Disk(str(root)).locked():
            assert (root / "docs" / "page.md").read_bytes() == b"by the first"
    assert (root / LOCK).exists()


def test_the_lock_of_a_killed_writer_is_free(root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with Disk(str(root)).locked():
        assert (root / "docs" / "page.md").read_bytes() == b"old"


def test_a_lock_that_cannot_be_made_is_an_error_with_its_path(root: Path) -> None:
    (root / ".handrail").write_bytes(b"a file where the folder should be")
    with pytest.raises(HandrailError, match=r"^\.handrail/lock: "), Disk(str(root)).locked():
        pass


def test_a_root_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    disk = Disk(str(tmp_path / "nowhere"))
    assert disk.top() == ()
    assert disk.find(".", ("",)) == ()
    assert disk.read_or_none("a") is None
    assert not disk.exists("a")


def test_names_that_are_no_utf8_are_found_and_can_be_read(root: Path) -> None:
    name = os.fsdecode(b"docs/\xff.md")
    try:
        (root / name).write_bytes(b"data")
    except OSError:  # macOS refuses such names
        return
    disk = Disk(str(root))
    assert disk.find("docs", (".md",)) == ("docs/page.md", name)
    assert disk.read(name) == b"data"
