"""The command line as a process: exit codes, streams, encodings, signals, pipes."""

import json
import os
import pty
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handrail import __version__
from handrail.arguments import COMMANDS, build_parser
from handrail.options import FORMATS, Command
from tests.minimal.builder import Done, command, environment, git, lay_down, minimal_files, run, tree


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a committed, rendered repository that no test changes."""
    root = lay_down(tmp_path_factory.mktemp("clean"))
    assert run(root, "render").code == 0
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "all")
    return root


@pytest.fixture
def copy(clean: Path, tmp_path: Path) -> Path:
    """Return a copy of it to change."""
    return lay_down(tmp_path / "copy", tree(clean))


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


# --- exit codes, and what goes where ---

CLEAN: list[tuple[str, int, str, str]] = [
    ("--version", 0, f"handrail {__version__}\n", ""),
    ("--help", 0, "Examples:\n  handrail init\n", ""),
    ("validate", 0, "policies/: ", ""),
    ("validate --format json", 0, '{\n  "version": 1,\n  "findings": []\n}\n', ""),
    ("validate --format github", 0, "", ""),
    ("check", 0, "Nothing changed since the last render. Everything agrees with the policy.\n", ""),
    ("check --full", 0, "64 files agree with the policy.\n", ""),
    ("check --format json", 0, '{\n  "version": 1,\n  "findings": []\n}\n', ""),
    ("render --dry-run", 0, "unchanged  docs/index.md\n", ""),
    ("render --dry-run --format github", 0, "", ""),
    ("diff HEAD", 0, "Nothing changed in meaning (HEAD to the work tree).\n", ""),
    ("diff HEAD HEAD --format markdown", 0, "## Policy changes, HEAD to HEAD\n", ""),
    ("explain HIGH", 0, "HIGH (level)\n", ""),
    ("explain --list level", 0, "level  LOW  policies/risk-matrix.yaml:", ""),
    ("schema", 0, "policies/team.yaml  policies/schemas/team.schema.json\n", ""),
    ("schema roles", 0, '{\n  "$schema": "https://json-schema.org/draft/2020-12/schema"', ""),
    ("", 2, "", "usage: handrail "),
    ("rendr", 2, "", "usage: handrail "),
    ("render --ony x", 2, "", "usage: handrail "),
    ("validate --format xml", 2, "", "usage: handrail validate "),
    ("diff", 2, "", "usage: handrail diff "),
    ("render --only no/such/file", 2, "", "handrail: no artefact matches 'no/such/file'\n    hint: "),
    ("explain", 2, "", "handrail: explain what?\n    hint: Name an id"),
    ("explain HIHG", 2, "", "handrail: the policy defines no 'HIHG'\n    hint: Did you mean 'HIGH'?\n"),
    ("explain --list levle", 2, "", "handrail: there is no kind 'levle'\n    hint: Did you mean 'level'?\n"),
    ("schema rols", 2, "", "handrail: there is no schema 'rols'\n    hint: Did you mean 'roles'?\n"),
    ("diff v9", 2, "", "handrail: there is no revision 'v9'\n    hint: "),
    ("check --root nowhere", 2, "", "handrail: nowhere is not a folder\n    hint: Point --root"),
    ("check --root mkdocs.yml", 2, "", "handrail: mkdocs.yml is not a folder\n    hint: Point --root"),
    (
        "check --root docs",
        2,
        "",
        "handrail: there is no policy in this folder\n    hint: It lies further up: --root ..",
    ),
    ("validate --root docs", 2, "", "handrail: there is no policy in this folder\n"),
    ("init --dir mkdocs.yml", 2, "", "handrail: "),
    ("init --dir mkdocs.yml/x", 2, "", "handrail: "),
]


@pytest.mark.parametrize(("words", "code", "out", "err"), CLEAN, ids=[row[0] or "nothing" for row in CLEAN])
def test_each_outcome_has_its_exit_code_and_its_stream(
    clean: Path, words: str, code: int, out: str, err: str
) -> None:
    before = tree(clean)
    done = run(clean, *shlex.split(words))
    assert done.code == code, done
    assert done.out.startswith(out)
    assert done.err.startswith(err)
    assert bool(done.out) is bool(out)
    assert bool(done.err) is bool(err)
    assert "Traceback" not in done.err
    assert tree(clean) == before


FOUND: list[tuple[str, Callable[[Path], None], str]] = [
    (
        "validate",
        lambda root: edit(root, "policies/metrics.yaml", "owner: tech-lead", "owner: no"),
        "1 error\n",
    ),
    (
        "render",
        lambda root: edit(root, "policies/metrics.yaml", "owner: tech-lead", "owner: no"),
        "1 error\n",
    ),
    ("check", lambda root: edit(root, "docs/FAQ.md", "Look up", "Look"), "1 error\n"),
    ("check --full", lambda root: edit(root, "docs/FAQ.md", "Look up", "Look"), "1 error\n"),
    ("check --diff", lambda root: edit(root, "docs/FAQ.md", "Look up", "Look"), "1 error\n"),
    ("render", lambda root: edit(root, "docs/FAQ.md", "Look up", "Look"), "1 error\n"),
    ("render --dry-run", lambda root: edit(root, "docs/FAQ.md", "Look up", "Look"), "1 error\n"),
]


@pytest.mark.parametrize(("words", "act", "end"), FOUND, ids=[f"{row[0]}-{i}" for i, row in enumerate(FOUND)])
def test_findings_go_to_standard_output_with_exit_code_1(
    copy: Path, words: str, act: Callable[[Path], None], end: str
) -> None:
    act(copy)
    done = run(copy, *words.split())
    assert (done.code, done.err) == (1, "")
    assert done.out.endswith(end)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("words", ["validate", "render", "check", "check --full"])
def test_every_format_is_the_same_report(copy: Path, words: str, form: str) -> None:
    edit(copy, "policies/metrics.yaml", "owner: tech-lead", "owner: tech-laed")
    done = run(copy, *words.split(), "--format", form)
    assert (done.code, done.err) == (1, "")
    assert "tech-laed" in done.out
    if form in ("json", "sarif"):
        log = json.loads(done.out)
        assert log["version"] == (1 if form == "json" else "2.1.0")
    elif form == "github":
        assert done.out.startswith("::error file=policies/metrics.yaml,line=8,col=12,title=")
        assert done.out.count("\n") == 1


BUG = """
import sys
from handrail import cli, wiring
wiring._COMMANDS["schema"] = lambda *_: 1 / 0
sys.exit(cli.run(["schema"]))
"""


def test_a_bug_of_ours_says_what_to_report(clean: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUG], cwd=clean, env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    *trace, what, hint = done.stderr.splitlines()
    assert trace[0] == "Traceback (most recent call last):"
    assert trace[-1] == "ZeroDivisionError: division by zero"
    assert what.startswith(f"handrail: this is a bug of Handrail {__version__}, Python 3.")
    assert hint == "    hint: report it with the lines above, and the command you ran."


# --- help ---


@pytest.mark.parametrize("each", COMMANDS, ids=lambda each: each.name)
def test_help_opens_with_examples_that_parse(clean: Path, each: Command) -> None:
    done = run(clean, *each.name.split(), "--help")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Examples:"
    assert lines[1 : 1 + len(each.examples)] == [f"  {example}" for example in each.examples]
    assert each.examples
    for example in each.examples:
        program, *words = shlex.split(example)
        assert program == "handrail"
        assert build_parser().parse_args(words).command == each.name
    assert f"usage: handrail {each.name}" in done.out
    for option in each.options:
        assert any(name in done.out for name in option.names) or str(option.settings["metavar"]) in done.out


def test_help_lists_every_command_and_the_exit_codes(clean: Path) -> None:
    out = run(clean, "--help").out
    for each in COMMANDS:
        assert f"\n    {each.name.split()[0]}" in out
    assert "Exit codes: 0 fine, 1 findings or drift" in out


# --- roots ---


@pytest.mark.parametrize("root", [".", "./", "docs/..", "{absolute}", "{absolute}/", "../{name}"])
@pytest.mark.parametrize("words", ["check", "check --full", "explain LOW"])
def test_the_root_may_be_written_in_any_way(clean: Path, root: str, words: str) -> None:
    spelled = root.format(absolute=clean, name=clean.name)
    assert run(clean, *words.split(), "--root", spelled).code == 0


def test_the_root_may_be_a_link(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(clean)
    assert run(tmp_path, "check", "--full", "--root", "link").code == 0


# --- encodings ---

NARROW = [
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "utf-16"},
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "LANG": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


def in_bytes(root: Path, *words: str, **more: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        command(*words), cwd=root, env=environment(**more), capture_output=True, check=False, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("narrow", NARROW, ids=str)
def test_text_that_the_terminal_lacks_is_shown_as_an_escape(copy: Path, narrow: dict[str, str]) -> None:
    name = "\u0394\u65e5\U0001f600\u00fc"
    edit(copy, "policies/metrics.yaml", "owner: tech-lead", f"owner: {name}")
    code, out, err = in_bytes(copy, "validate", **narrow)
    assert (code, err) == (1, b"")
    encoding = narrow.get("PYTHONIOENCODING", "utf-8")
    shown = out.decode(encoding)
    if encoding == "utf-16":
        assert name in shown
    else:
        assert "unknown role '\\u0394\\u65e5\\U0001f600" in shown or name in shown
    for form in ("json", "sarif"):
        code, out, err = in_bytes(copy, "validate", "--format", form, **narrow)
        assert (code, err) == (1, b"")
        assert name in json.dumps(json.loads(out.decode(encoding)), ensure_ascii=False)


@pytest.mark.parametrize("narrow", NARROW, ids=str)
@pytest.mark.parametrize(
    "words", ["schema risk-matrix", "explain tech-lead --format json", "diff HEAD --format json"]
)
def test_json_is_json_for_every_terminal(copy: Path, words: str, narrow: dict[str, str]) -> None:
    git(copy, "init", "-q")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "all")
    edit(copy, "policies/roles.yaml", "title: Technical lead", "title: Techn\u00fccal \U0001f600 lead")
    code, out, err = in_bytes(copy, *words.split(), **narrow)
    assert (code, err) == (0, b"")
    assert json.loads(out.decode(narrow.get("PYTHONIOENCODING", "ascii")))


@pytest.mark.parametrize("narrow", NARROW, ids=str)
def test_files_are_written_as_utf8_whatever_the_terminal(copy: Path, narrow: dict[str, str]) -> None:
    edit(copy, "policies/roles.yaml", "title: Technical lead", "title: Techn\u00fccal \U0001f600 lead")
    code, _, err = in_bytes(copy, "render", **narrow)
    assert (code, err) == (0, b"")
    assert "Techn\u00fccal \U0001f600 lead" in (copy / "docs" / "ROLES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_whose_name_is_no_utf8_is_told_like_any_other(copy: Path, form: str) -> None:
    try:
        (copy / os.fsdecode(b"docs/\xff.md")).write_bytes(b"no title")
    except OSError:  # macOS refuses such names
        return
    for words in (["check"], ["check", "--full"], ["render"]):
        code, out, err = in_bytes(copy, *words, "--format", form)
        assert (code, err) == (1, b"")
        assert b"page.no-title" in out
    (copy / os.fsdecode(b"docs/\xff.md")).unlink()
    assert run(copy, "render").code == 0
    assert run(copy, "check").out.startswith("Nothing changed")


# --- pipes, full disks, closed streams ---


@pytest.mark.parametrize("words", ["schema risk-matrix", "explain --list", "check", "check --full", "--help"])
def test_a_reader_who_goes_away_is_no_error(clean: Path, words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command(*words.split()),
        cwd=clean,
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_long_list_may_be_cut_by_head(clean: Path) -> None:
    line = f"{shlex.join(command('schema', 'risk-matrix'))} | head -n 1"
    done = subprocess.run(["sh", "-c", line], cwd=clean, env=environment(), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"{\n", b"")


@pytest.mark.parametrize("words", ["schema risk-matrix", "check", "check --full"])
def test_output_that_cannot_be_written_is_told(clean: Path, words: str) -> None:
    if not os.path.exists("/dev/full"):
        return
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command(*words.split()),
            cwd=clean,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"handrail: output: no space left on device\n"


@pytest.mark.parametrize("words", ["check", "check --full", "schema"])
def test_closed_output_is_no_bug(clean: Path, words: str) -> None:
    line = f"{shlex.join(command(*words.split()))} >&-"
    done = subprocess.run(["sh", "-c", line], cwd=clean, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# --- colour ---


def on_a_terminal(root: Path, *words: str, **more: str) -> str:
    """Return what a command prints when its output is a terminal."""
    leader, follower = pty.openpty()
    settings = {key: value for key, value in environment(**more).items() if more.get(key) != ""}
    with subprocess.Popen(
        command(*words), cwd=root, env=settings, stdout=follower, stderr=follower, stdin=follower
    ) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
        assert process.wait() == 1
    os.close(leader)
    return shown.decode()


COLOURS: list[tuple[dict[str, str], bool]] = [
    ({"NO_COLOR": "", "TERM": "xterm"}, True),
    ({"NO_COLOR": "1", "TERM": "xterm"}, False),
    ({"NO_COLOR": "", "TERM": "dumb"}, False),
]


@pytest.mark.parametrize(("settings", "coloured"), COLOURS, ids=str)
def test_colour_is_for_terminals_that_want_it(copy: Path, settings: dict[str, str], coloured: bool) -> None:
    edit(copy, "docs/FAQ.md", "Look up", "Look")
    assert ("\x1b[31merror\x1b[0m" in on_a_terminal(copy, "check", **settings)) is coloured
    assert "\x1b" not in on_a_terminal(copy, "check", "--format", "github", **settings)
    assert "\x1b" not in run(copy, "check", **{**settings, "NO_COLOR": "0"}).out


# --- signals ---


def test_ctrl_c_ends_a_watch_quietly_with_130(copy: Path) -> None:
    with subprocess.Popen(
        command("render", "--watch"),
        cwd=copy,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().endswith("unchanged.\n")
        edit(copy, "policies/faq.yaml", "Look up the level.", "Ask for the level.")
        shown = ""
        while "docs/FAQ.md" not in shown:
            shown = process.stdout.readline()
            assert shown, process.stderr.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == ""
    assert "Ask for the level." in (copy / "docs" / "FAQ.md").read_text(encoding="utf-8")
    assert run(copy, "check", "--full").code == 0


# --- a whole day ---


def test_from_nothing_to_a_checked_handbook(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    first = run(tmp_path, "init")
    assert (first.code, first.err) == (0, "")
    assert (
        "Next: handrail validate, then handrail render, then commit all of it with .handrail/ledger.\n"
        in first.out
    )
    assert run(tmp_path, "validate").code == 0
    assert run(tmp_path, "render").code == 0
    again = run(tmp_path, "init")
    assert "written" not in again.out
    assert run(tmp_path, "check").out.startswith("Nothing changed since the last render.")
    assert run(tmp_path, "check", "--full").code == 0


def test_init_in_a_folder_of_a_bigger_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    done = run(tmp_path, "init", "--dir", "services/api")
    assert done.code == 0
    assert {path.split("/")[0] for path in tree(tmp_path)} == {"services"}
    assert run(tmp_path, "render", "--root", "services/api").code == 0
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "all")
    edit(tmp_path, "services/api/policies/roles.yaml", "    title: ", "    title: My ")
    changed: Done = run(tmp_path, "diff", "HEAD", "--root", "services/api")
    assert (changed.code, changed.err) == (0, "")
    assert changed.out.count("\n") == 1


def test_a_repository_of_policies_alone_is_told_what_it_lacks(tmp_path: Path) -> None:
    files = {path: raw for path, raw in minimal_files().items() if path.startswith("policies/")}
    done = run(lay_down(tmp_path, files), "render")
    assert done.code == 1
    assert "docs/GITHUB_WORKFLOW.md is missing; it holds the generated blocks" in done.out
    assert "Run handrail init to lay it down" in done.out
    assert run(tmp_path, "init").code == 0
    again = run(tmp_path, "render", "--format", "json")
    assert {each["code"] for each in json.loads(again.out)["findings"]} <= {"link.broken"}
