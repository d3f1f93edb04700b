"""kill -9 in the middle of a render: every file is old or new, none is half, the next render repairs."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RUNS = 15


def tree(folder: str) -> dict[str, bytes]:
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if "/.handrail/" not in path and "/policies/risk-matrix.yaml" not in path:
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = file.read()
    return found


def start(folder: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "handrail", "render", "--root", folder]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def set_hours(folder: str, hours: int) -> None:
    path = os.path.join(folder, "policies", "risk-matrix.yaml")
    with open(os.path.join(ROOT, "policies", "risk-matrix.yaml"), encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("review_target_hours: 24", f"review_target_hours: {hours}"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("crash") / "tree")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for path in filter(None, done.stdout.decode().split("\0")):
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        shutil.copy(os.path.join(ROOT, path), os.path.join(folder, path))
    return folder


@pytest.fixture(scope="module")
def versions(copy: str) -> tuple[Mapping[str, bytes], Mapping[str, bytes], float]:
    """Return the two trees that a render may leave, and the seconds that one takes."""
    trees, seconds = [], 0.0
    for hours in (24, 36):
        set_hours(copy, hours)
        begin = time.monotonic()
        assert start(copy).wait() == 0
        seconds = time.monotonic() - begin
        trees.append(tree(copy))
    assert trees[0] != trees[1]
    return trees[0], trees[1], seconds


@pytest.mark.parametrize("run", range(RUNS))
def test_killed_in_the_middle(
    copy: str, versions: tuple[Mapping[str, bytes], Mapping[str, bytes], float], run: int
) -> None:
    old, new, seconds = versions
    hours, wanted = ((24, old), (36, new))[run % 2]
    set_hours(copy, hours)
    process = start(copy)
    time.sleep(seconds * random.Random(run).uniform(0.5, 1.0))  # noqa: S311  # a moment, no secret
    process.kill()
    process.wait()
    for path, data in tree(copy).items():
        assert path.endswith(".handrail-new") or data in (old[path], new[path]), path
    assert start(copy).wait() == 0
    assert tree(copy) == wanted


def test_two_renders_at_once_do_not_mix(
    copy: str, versions: tuple[Mapping[str, bytes], Mapping[str, bytes], float]
) -> None:
    set_hours(copy, 24)
    both = [start(copy), start(copy)]
    assert [process.wait() for process in both] == [0, 0]
    assert tree(copy) == versions[0]
