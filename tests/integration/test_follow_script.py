"""After a review the required check is run again: the script of the workflow, run beside a false ``gh``."""

import os
import stat
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GH = """#!/bin/sh
echo "$*" >> "$TRIED"
case "$*" in
  *--method*) name=post ;;
  *) name=get ;;
esac
answer=$(head -n 1 "$ANSWERS/$name")
sed -i 1d "$ANSWERS/$name"
[ "$answer" = FAIL ] && { echo 'gh: This workflow is already running (HTTP 403)' >&2; exit 1; }
[ -z "$answer" ] || echo "$answer"
"""


class Done(NamedTuple):
    """How the script ended."""

    code: int
    said: str
    calls: list[str]


Follow = Callable[..., Done]


@pytest.fixture
def follow(tmp_path: Path) -> Follow:
    """Return a function that runs the script; the false ``gh`` answers line by line, FAIL fails."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/migration-safety.yml").read_text("utf-8"))
    script = workflow["jobs"]["follow"]["steps"][0]["run"]
    for name, text in {"gh": GH, "sleep": "#!/bin/sh\n"}.items():
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(stat.S_IRWXU)

    def run(newest: Sequence[str], reruns: Sequence[str] = (), *, fork: bool = False) -> Done:
        (tmp_path / "get").write_text("".join(f"{line}\n" for line in newest), "utf-8")
        (tmp_path / "post").write_text("".join(f"{line}\n" for line in reruns), "utf-8")
        tried = tmp_path / "tried"
        tried.write_text("", "utf-8")
        env = {
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "TRIED": str(tried),
            "ANSWERS": str(tmp_path),
            "GITHUB_REPOSITORY": "acme/ledger",
            "HEAD": "c0ffee",
            "FORK": str(fork).lower(),
        }
        command = ["bash", "-e", "-c", script]  # GitHub runs a step with -e
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
        return Done(done.returncode, done.stdout, tried.read_text("utf-8").splitlines())

    return run


ASKED = (
    "api repos/acme/ledger/actions/workflows/migration-safety.yml/runs"
    '?event=pull_request&head_sha=c0ffee&per_page=1 --jq .workflow_runs[:1][] | "\\(.id) \\(.status)"'
)
RERUN = "api --method POST --silent repos/acme/ledger/actions/runs/7/rerun"


def test_the_newest_run_of_the_commit_is_run_again(follow: Follow) -> None:
    assert follow(["7 completed"], [""]) == Done(0, "", [ASKED, RERUN])


def test_a_run_under_way_is_waited_for_because_it_may_not_have_seen_the_review(follow: Follow) -> None:
    done = follow(["7 queued", "7 in_progress", "7 completed"], [""])
    assert (done.code, done.calls) == (0, [ASKED, ASKED, ASKED, RERUN])


def test_when_another_review_was_faster_it_is_tried_again(follow: Follow) -> None:
    done = follow(["7 completed", "7 in_progress", "7 completed"], ["FAIL", ""])
    assert (done.code, done.calls.count(RERUN)) == (0, 2)


def test_without_a_run_there_is_nothing_to_do(follow: Follow) -> None:
    done = follow([""])
    assert (done.code, len(done.calls)) == (0, 1)
    assert done.said.startswith("::notice title=Not run again::No check ran for c0ffee yet")


def test_for_a_fork_it_says_what_to_do_and_asks_nobody(follow: Follow) -> None:
    done = follow([], fork=True)
    assert (done.code, done.calls) == (0, [])
    assert "read-only for a fork" in done.said
    assert "Run the newest check named Migration safety again by hand" in done.said


def test_when_github_never_gives_in_it_fails_and_says_what_to_do(follow: Follow) -> None:
    done = follow(["7 completed"] * 40, ["FAIL"] * 40)
    assert done.code == 1
    assert done.said.startswith("::error title=Not run again::")
    assert "edit the description of the pull request" in done.said


def test_when_github_cannot_be_asked_the_job_fails(follow: Follow) -> None:
    assert follow(["FAIL"]).code != 0
