"""``handrail review`` as a step of a workflow: a real repository, a real server in GitHub's place."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration import github_payloads as payloads
from tests.integration.github_payloads import BOT, REPOSITORY
from tests.integration.github_server import TOKEN, GitHubServer, Reply, error, serving
from tests.minimal.builder import Done, git, run

HOME = "prisma/migrations"
SCRIPT = f"{HOME}/20260101_000000_drop_notes/migration.sql"
FIRST = f"{HOME}/20250101_000000_create_notes/migration.sql"
MARKER = "<!-- handrail:review -->"
SCHEMA = """datasource db {
  provider = "sqlite"
  url      = env("DATABASE_URL")
}
"""
WIDE = (
    "::error::pwned\n::set-output name=x::y\n##[set-output name=x]y\n"
    "::add-mask::a\r\n##[error]pwned\r::stop-commands::x"
)


class Job:
    """A job on a checked out branch that drops a table."""

    def __init__(self, root: Path, github: GitHubServer) -> None:
        self.root, self.github = root, github
        self.base = self.head = ""
        self.summary = root.parent / "summary.md"

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def commit(self) -> str:
        git(self.root, "add", "-A")
        git(self.root, "commit", "-qm", "Change")
        return git(self.root, "rev-parse", "HEAD").strip()

    def sides(self, **changed: Any) -> dict[str, Any]:
        """Return the pull request with our commits, and let the server hold it."""
        whole = payloads.pull_request(**changed)
        whole["head"] |= {"sha": self.head}
        whole["base"] |= {"sha": self.base}
        self.github.pull_request = whole
        return whole

    def review(self, name: str = "pull_request", event: dict[str, Any] | None = None, *words: str) -> Done:
        """Run the step on an event, that of the pull request when none is given."""
        payload = (
            payloads.pull_request_event(pull_request=self.github.pull_request) if event is None else event
        )
        path = self.root.parent / "event.json"
        path.write_text(json.dumps(payload), encoding="utf-8")
        more = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_API_URL": self.github.url,
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "XDG_CACHE_HOME": str(self.root.parent / "cache"),
        }
        return run(self.root, "review", "--format", "github", *words, **more)

    def comments(self) -> list[str]:
        return [each["body"] for each in self.github.comments]


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Job]:
    with serving() as github:
        job = Job(tmp_path / "repository", github)
        job.write("prisma/schema.prisma", SCHEMA)
        job.write("prisma/migrations/migration_lock.toml", 'provider = "sqlite"\n')
        git(job.root, "init", "-q", "-b", "main")
        assert run(job.root, "init").code == 0
        job.write(FIRST, 'CREATE TABLE "Note" ("id" INTEGER NOT NULL PRIMARY KEY);\n')
        job.base = job.commit()
        git(job.root, "switch", "-qc", "drop-notes")
        job.write(SCRIPT, 'DROP TABLE "Note";\n')
        job.head = job.commit()
        job.sides()
        yield job


def test_a_pull_request_gets_annotations_and_a_summary(job: Job) -> None:
    done = job.review()
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("::error file=")
    assert job.summary.read_text(encoding="utf-8").strip()
    assert [each.method for each in job.github.seen] == ["GET", "GET"]


def test_the_event_of_a_review_is_judged_the_same(job: Job) -> None:
    event = payloads.review_event()
    event["pull_request"] = payloads.simple_pull_request()
    assert job.review("pull_request_review", event).out == job.review().out != ""


def queue_of(job: Job) -> dict[str, Any]:
    """Return the event of a queue that merged the branch, with its commit checked out."""
    git(job.root, "switch", "-q", "--detach", "main")
    git(job.root, "merge", "-q", "--no-ff", "-m", "Merge", "drop-notes")
    tip = git(job.root, "rev-parse", "HEAD").strip()
    return payloads.merge_group_event(head_sha=tip, base_sha=job.base)


def test_a_merge_queue_is_judged_on_its_own_commit(job: Job) -> None:
    before = job.review()
    done = job.review("merge_group", queue_of(job))
    assert (done.code, done.err) == (1, "")
    assert done.out.count("::error") == before.out.count("::error")


def test_a_merge_queue_on_another_commit_is_no_answer(job: Job) -> None:
    event = queue_of(job)
    git(job.root, "switch", "-q", "drop-notes")
    done = job.review("merge_group", event)
    assert (done.code, done.out) == (2, "")
    assert "the merge queue asks about" in done.err


def test_a_push_has_no_pull_request(job: Job) -> None:
    done = job.review("push", payloads.push_event(), "--comment")
    assert (done.code, done.err, job.github.seen) == (0, "", [])
    assert "nothing to review" in done.out


def test_one_comment_is_kept_up_to_date(job: Job) -> None:
    job.github.comments.append(payloads.comment(1, "ada", f"{MARKER}\nnot ours"))
    assert job.review("pull_request", None, "--comment").code == 1
    first = job.comments()[1]
    assert (len(job.comments()), first.startswith(MARKER)) == (2, True)
    job.write("README.md", "Another commit")
    job.write(SCRIPT.replace("drop_notes", "more"), 'CREATE TABLE "More" ("id" INTEGER);\n')
    job.head = job.commit()
    job.sides()
    assert job.review("pull_request", None, "--comment").code == 1
    assert (len(job.comments()), job.comments()[1] != first) == (2, True)
    assert job.github.comments[1]["user"]["login"] == BOT


def test_the_same_answer_is_not_written_again(job: Job) -> None:
    job.review("pull_request", None, "--comment")
    job.review("pull_request", None, "--comment")
    assert [each.method for each in job.github.seen if each.method != "GET"] == ["POST"]


def test_a_token_that_only_reads_changes_no_verdict(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Reply:
        return error("Resource not accessible by integration", 403)

    monkeypatch.setattr(job.github, "_write", refuse)
    plain = job.review()
    done = job.review("pull_request", None, "--comment")
    assert (done.code, done.out) == (plain.code, plain.out)
    assert "the comment was not written" in done.err
    assert job.comments() == []


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_an_error_of_the_api_is_no_green_light(job: Job, status: int) -> None:
    job.github.troubles = [error("No", status)]
    done = job.review()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("handrail: ")


def test_a_head_that_moved_is_no_answer(job: Job) -> None:
    job.github.pull_request["head"]["sha"] = "f" * 40
    done = job.review()
    assert (done.code, done.out) == (2, "")
    assert "the pull request is at fffffff" in done.err


def test_a_merge_commit_that_is_checked_out_is_no_answer(job: Job) -> None:
    queue_of(job)
    done = job.review()
    assert (done.code, done.out) == (2, "")
    assert "Check out the head of the pull request" in done.err


def test_a_shallow_clone_is_no_answer(job: Job) -> None:
    clone = job.root.parent / "clone"
    git(job.root.parent, "clone", "-q", "--depth", "1", "-b", "drop-notes", job.root.as_uri(), str(clone))
    job.root = clone
    done = job.review()
    assert (done.code, done.out) == (2, "")
    assert "shallow clone" in done.err


def test_a_body_that_is_null_declares_nothing(job: Job) -> None:
    job.sides(body="")
    empty = job.review()
    job.sides(body=None)
    null = job.review()
    assert (null.code, null.out) == (1, empty.out)


def test_three_thousand_changed_files(job: Job) -> None:
    plain = job.review()
    for number in range(3000):
        job.write(f"src/file{number}.ts", "export {};\n")
    job.head = job.commit()
    job.sides()
    done = job.review()
    assert (done.code, done.out) == (plain.code, plain.out)


def test_a_base_that_went_on_is_compared_where_the_branch_left_it(job: Job) -> None:
    plain = job.review()
    git(job.root, "switch", "-q", "main")
    git(job.root, "commit", "-q", "--amend", "--allow-empty", "-m", "Forced")
    job.write("late.txt", "late")
    forced = job.commit()
    git(job.root, "switch", "-q", "drop-notes")
    job.base = forced
    job.sides()
    no_common = job.review()
    assert (no_common.code, no_common.out) == (2, "")
    assert "no commit in common" in no_common.err
    git(job.root, "switch", "-qC", "main", "drop-notes~1")
    job.write("late.txt", "late")
    job.base = job.commit()
    git(job.root, "switch", "-q", "drop-notes")
    job.sides()
    assert job.review().out == plain.out


def commands_of(log: str) -> list[str]:
    """Return what begins the lines of a log that GitHub would obey."""
    lines = (line.strip() for line in re.split(r"\r\n|\r|\n", log))
    return [line for line in lines if line.startswith(("::", "##["))]


@pytest.mark.parametrize("form", ["github", "text", "markdown", "json", "sarif"])
def test_nothing_that_somebody_wrote_begins_a_line_of_the_log(job: Job, form: str) -> None:
    job.write(f"{HOME}/20260102_000000_x\n::error::pwned\n##[error]/migration.sql", 'DROP TABLE "Note";')
    job.write(f"{HOME}/20260103_000000_z/migration.sql", 'DROP TABLE "x\n::error::pwned\n##[error]y";')
    job.head = job.commit()
    whole = job.sides(title=WIDE, user=payloads.user("ann\n::error::pwned"))
    whole["body"] += f"\n{WIDE}\n"
    whole["head"]["ref"] = WIDE
    logins = ("rita\n::error::pwned", "eve\n##[error]x")
    job.github.reviews = [payloads.review(login, commit_id=job.base) for login in logins]
    done = job.review("pull_request", None, "--format", form)
    assert done.code == 1
    found = commands_of(f"{done.out}\n{done.err}")
    ours = [each for each in found if re.match("::(error|warning) file=", each)]
    assert found == (ours if form == "github" else [])
    assert bool(ours) is (form == "github")


def test_what_somebody_wrote_is_no_command_in_an_error_either(job: Job) -> None:
    job.github.reviews = [payloads.review(state=WIDE)]
    done = job.review()
    assert done.code == 2
    assert "unknown state" in done.err
    assert commands_of(f"{done.out}\n{done.err}") == []
