"""The terminal of a drill: it keeps what was set, knows nothing of the user's, and lets nothing run on."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handrail.adapters.ground_folder import GroundFolder, new_folder
from handrail.adapters.terminal import BashTerminal
from handrail.core.printed import Printed

SECONDS = 20


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[GroundFolder]:
    with new_folder(str(tmp_path / "drill"), {"DB": "app.db"}, "cat") as opened:
        yield opened


@pytest.fixture
def terminal(folder: GroundFolder) -> BashTerminal:
    return folder.terminal()


def said(terminal: BashTerminal, *commands: str) -> str:
    """Run commands one after the other, and return what the last one printed."""
    printed = Printed("", 0)
    for each in commands:
        printed = terminal.run(each, SECONDS)
    return printed.text


@pytest.mark.parametrize(
    ("commands", "printed"),
    [
        (("export A=1", 'echo "$A"'), "1\n"),
        (("A='two words'", 'echo "$A"'), "two words\n"),
        (("f() { echo of f; }", "f"), "of f\n"),
        (("mkdir x; cd x", "basename $PWD"), "x\n"),
        (("A=1; exit 3", "echo $A"), "1\n"),
        (("A=1", "A=2; f( {", "echo $A"), "1\n"),
        (("echo out; echo err >&2",), "out\nerr\n"),
        (('echo "$DB"',), "app.db\n"),
        (("cat",), ""),
        (("cat <<'SQL'\n$A\nSQL",), "$A\n"),
        (("diff <(echo a) <(echo a) && echo same",), "same\n"),
    ],
)
def test_it_stays_open(terminal: BashTerminal, commands: tuple[str, ...], printed: str) -> None:
    assert said(terminal, *commands) == printed


def test_sql_goes_to_the_client_with_what_was_set(terminal: BashTerminal) -> None:
    assert terminal.run_sql("SELECT 'it''s';", SECONDS).text == "SELECT 'it''s';"


SECRETS = ("AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "DATABASE_URL", "PGPASSWORD", "HANDRAIL_DATABASE_URL")


def test_no_secret_of_the_user_gets_in(terminal: BashTerminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "s3cr3t")
    assert "s3cr3t" not in said(terminal, "env; set; export -p; declare -p")


def test_home_and_temporary_files_are_its_own(terminal: BashTerminal, tmp_path: Path) -> None:
    for place in said(terminal, 'cd; pwd; cd "$TMPDIR"; pwd').splitlines():
        assert Path(place).is_relative_to(tmp_path)


@pytest.mark.parametrize("program", ["npx", "gh", "ssh", "curl", "docker", "aws"])
def test_what_would_reach_out_is_not_run(terminal: BashTerminal, program: str) -> None:
    printed = terminal.run(f"{program} do 'two words' ''; echo went on", SECONDS)
    assert printed.kept_in == ((program, "do", "two words", ""),)
    assert printed.text.endswith("went on\n")
    assert terminal.run("echo", SECONDS).kept_in == ()


def test_a_program_that_is_not_there_is_named(terminal: BashTerminal) -> None:
    printed = terminal.run("your-runner status 2>/dev/null || echo nobody", SECONDS)
    assert (printed.missing, printed.text) == (("your-runner",), "nobody\n")
    assert terminal.run("echo", SECONDS).missing == ()


def test_handrail_itself_can_be_run(terminal: BashTerminal) -> None:
    assert said(terminal, "handrail --version").startswith("handrail ")


def test_a_command_that_hangs_is_ended_and_the_terminal_goes_on(terminal: BashTerminal) -> None:
    begin = time.monotonic()
    printed = terminal.run("echo begun; sleep 600 & sleep 600", 0.5)
    assert time.monotonic() - begin < 10
    assert (printed.text, printed.stopped) == ("begun\n", "it had not ended after 0.5 seconds")
    assert said(terminal, "echo on") == "on\n"


def test_a_command_that_waits_for_a_person_gets_nothing(terminal: BashTerminal) -> None:
    ask = 'read -r answer; echo "<$answer>"; head -c 1 /dev/tty 2>/dev/null || echo none'
    assert said(terminal, ask) == "<>\nnone\n"


def test_a_flood_is_ended(terminal: BashTerminal) -> None:
    printed = terminal.run("yes", SECONDS)
    assert printed.stopped == "it printed more than 1,000,000 bytes"
    assert len(printed.text) <= 1_000_000


def test_what_is_left_running_ends_with_the_folder(tmp_path: Path) -> None:
    with new_folder(str(tmp_path / "drill"), {}, "cat") as folder:
        process = int(said(folder.terminal(), "sleep 600 > /dev/null & echo $!"))
        assert is_running(process)
    until = time.monotonic() + 5
    while is_running(process) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(process)
    assert not (tmp_path / "drill").exists()


def is_running(process: int) -> bool:
    """Tell whether a process runs; one that ended and that nobody asked for counts as ended."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return os.path.exists("/proc") is False
