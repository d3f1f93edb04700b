"""kill -9 at chosen moments: before or after a flush, a rename, a removal, also in the first render."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.minimal.builder import command, environment, lay_down, minimal_files, run, tree

KILLED = """
import os, signal, sys
from handrail.cli import run

moment, count, after = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "after"
real = getattr(os, moment)

def counted(*values):
    global count
    count -= 1
    if count == 0 and not after:
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*values)
    if count == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(os, moment, counted)
sys.exit(run(["render"]))
"""
"""A render that kills itself at its nth call of a function of the system."""

MOMENTS = [
    (moment, count, when)
    for moment in ("fsync", "replace")
    for count in (1, 2, 30, 57, 58)
    for when in ("before", "after")
]
FACT = b"review_target_hours: "


def killed(root: Path, moment: str, count: int, when: str) -> int:
    """Render until it kills itself, and return its exit code."""
    words = [sys.executable, "-c", KILLED, moment, str(count), when]
    return subprocess.run(words, cwd=root, env=environment(), capture_output=True, check=False).returncode


def whole(root: Path) -> dict[str, bytes]:
    """Return the files that people read: no ledger, and no draft of a writer that died."""
    return {
        path: raw
        for path, raw in tree(root).items()
        if not path.endswith(".handrail-new") and not path.startswith(".handrail/")
    }


MATRIX = "policies/risk-matrix.yaml"


def change(root: Path) -> None:
    """Change a fact that many files show, in one step as an editor does."""
    draft = root / "draft"
    draft.write_bytes(minimal_files()[MATRIX].replace(FACT + b"24", FACT + b"36"))
    draft.replace(root / MATRIX)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return what renders of the minimal policy and of the changed one leave."""
    roots = [lay_down(tmp_path_factory.mktemp(name)) for name in ("old", "new")]
    change(roots[1])
    for root in roots:
        assert run(root, "render").code == 0
    old, new = map(whole, roots)
    assert len(old) > 80
    assert sum(old[path] != new[path] for path in old) > 5
    return old, new


@pytest.mark.parametrize(("moment", "count", "when"), MOMENTS)
def test_killed_in_the_first_render(
    tmp_path: Path, results: tuple[dict[str, bytes], dict[str, bytes]], moment: str, count: int, when: str
) -> None:
    before, (wanted, _) = minimal_files(), results
    root = lay_down(tmp_path)
    assert killed(root, moment, count, when) == -signal.SIGKILL
    for path, raw in whole(root).items():
        assert raw in (before.get(path), wanted[path]), path
    assert run(root, "check").code == (0 if whole(root) == wanted else 1)
    assert run(root, "render").code == 0
    assert whole(root) == wanted
    assert not list(root.rglob("*.handrail-new"))
    assert run(root, "check").code == 0


@pytest.mark.parametrize("count", [1, 2, 4, 8, 9])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_after_a_change(
    tmp_path: Path, results: tuple[dict[str, bytes], dict[str, bytes]], count: int, when: str
) -> None:
    old, new = results
    root = lay_down(tmp_path)
    assert run(root, "render").code == 0
    change(root)
    assert killed(root, "replace", count, when) == -signal.SIGKILL
    for path, raw in whole(root).items():
        assert raw in (old[path], new[path]), path
    told = run(root, "check").out
    assert "drift.edited" not in told
    assert "drift.foreign" not in told
    assert run(root, "render").code == 0
    assert whole(root) == new
    assert not list(root.rglob("*.handrail-new"))


@pytest.mark.parametrize("folder", [".", "docs", ".github", "handbook/deep"])
def test_the_draft_of_a_writer_that_died_is_cleared_away(tmp_path: Path, folder: str) -> None:
    root = lay_down(tmp_path)
    (root / folder).mkdir(parents=True, exist_ok=True)
    draft = root / folder / ".own.md.4242.handrail-new"
    draft.write_text("# Ow")
    assert run(root, "render").code == 0
    assert not draft.exists()


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_a_removal(tmp_path: Path, when: str) -> None:
    root = lay_down(tmp_path)
    assert run(root, "render").code == 0
    skip = root / "policies" / "artefacts.yaml"
    skip.write_text("artefacts: []\nskip: [faq, naming]\n")
    assert killed(root, "remove", 1, when) == -signal.SIGKILL
    assert run(root, "render").code == 0
    assert not (root / "docs" / "FAQ.md").exists()
    assert not (root / "docs" / "NAMING.md").exists()
    assert run(root, "check").code == 0


def test_first_renders_at_once_do_not_mix(
    tmp_path: Path, results: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    root = lay_down(tmp_path)
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    several = [
        subprocess.Popen(command("render"), cwd=root, env=environment(), **silent)  # type: ignore[call-overload]  # two keywords in a dictionary
        for _ in range(3)
    ]
    assert [each.wait(timeout=120) for each in several] == [0, 0, 0]
    assert whole(root) == results[0]
    assert run(root, "check").code == 0


def test_a_change_between_two_renders_at_once_is_old_or_new(
    tmp_path: Path, results: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    """Whichever render comes last has read the policy that it writes: it takes the lock before it reads."""
    root = lay_down(tmp_path)
    first = subprocess.Popen(command("render"), cwd=root, env=environment(), stdout=subprocess.DEVNULL)
    change(root)
    second = subprocess.Popen(command("render"), cwd=root, env=environment(), stdout=subprocess.DEVNULL)
    assert [first.wait(timeout=120), second.wait(timeout=120)] == [0, 0]
    assert whole(root) == results[1]
    assert run(root, "check").code == 0
