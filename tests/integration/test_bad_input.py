"""Bad input, end to end: a clear finding at its place, nothing written, exit 1 or 2, never a traceback."""

import os
import re
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.minimal.builder import Done, command, environment, lay_down, minimal_files, run, tree

MEMORY = 700 * 1024 * 1024
"""Bytes of address space that a command may take, whatever it is given."""

ROLES = "policies/roles.yaml"
MATRIX = "policies/risk-matrix.yaml"
FILES = minimal_files()


def limited(root: Path, *words: str, prefix: tuple[str, ...] = ()) -> Done:
    """Run ``handrail`` with little memory and little time of the processor."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    done = subprocess.run(
        [*prefix, *command(*words)],
        cwd=root,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        check=False,
        timeout=120,
        preexec_fn=limit,  # one thread, and only limits are set
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(root: Path, words: str, code: int, *says: str) -> str:
    """Run a command that has to refuse, and return what it said.

    It says each of ``says`` and how to go on, and leaves every file as it was.
    """
    before = tree(root)
    done = limited(root, *words.split())
    said = done.out + done.err
    assert "Traceback" not in said, said
    assert done.code == code, said
    for each in says:
        assert each in said, said
    assert "hint: " in said, said
    assert tree(root) == before
    return said


def replaced(path: str, old: str, new: str) -> bytes:
    text = FILES[path].decode()
    assert old in text
    return text.replace(old, new, 1).encode()


class Case(NamedTuple):
    """A bad policy file: its name and bytes, where the finding points, its code and part of its words."""

    path: str
    raw: bytes
    where: str
    code: str
    words: str = ""


LAUGHS = b"a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + b"".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n".encode() for n in range(1, 30)
)
MERGES = b"base: &b {a: 1}\nroles:\n  - <<: *b\n"

HOURS = "review_target_hours: "


def hours(value: str) -> bytes:
    return replaced(MATRIX, HOURS + "24", HOURS + value)


CASES = {
    "latin-1": Case(ROLES, FILES[ROLES].replace(b"Ada L.", b"Ad\xe4"), "9:17", "yaml.not-utf8"),
    "utf-16": Case(ROLES, "roles: []\n".encode("utf-16"), "1:1", "yaml.not-utf8"),
    "a null byte": Case(ROLES, FILES[ROLES].replace(b"Ada L.", b"Ad\0"), "9:17", "yaml.control-character"),
    "a tab": Case(ROLES, replaced(ROLES, "    title", "\ttitle"), "3:1", "yaml.tab"),
    "a duplicate key": Case(
        ROLES,
        replaced(ROLES, "    summary", "    title: Twice\n    summary"),
        "4:5",
        "yaml.duplicate-key",
        "first on line 3",
    ),
    "an unknown key": Case(
        ROLES,
        replaced(ROLES, "human: false", "humann: false"),
        "27:5",
        "policy.unknown-key",
        "Did you mean 'human'?",
    ),
    "an unknown id": Case(
        MATRIX,
        replaced(MATRIX, "role: data-engineer", "role: data-enginer"),
        "24:15",
        "policy.dangling-reference",
        "Did you mean 'data-engineer'?",
    ),
    "a wrong type": Case(MATRIX, hours("soon"), "14:26", "policy.wrong-type", "(soon)"),
    "a list for a mapping": Case(ROLES, b"- roles\n", "1:1", "policy.wrong-type"),
    "a text for a mapping": Case(ROLES, b"roles:\n  - ada\n", "2:5", "policy.wrong-type"),
    "a number out of range": Case(MATRIX, hours("0"), "14:26", "policy.bad-value"),
    "a missing key": Case(
        ROLES, replaced(ROLES, "    title: Code reviewer\n", ""), "2:5", "policy.missing-key", "'title'"
    ),
    "an empty file": Case(ROLES, b"", "1:1", "policy.wrong-type"),
    "a bomb of anchors": Case(ROLES, LAUGHS, "1:5", "yaml.anchor"),
    "a merged anchor": Case(ROLES, MERGES, "1:7", "yaml.anchor"),
    "a tag": Case(ROLES, b"roles: !!python/object/apply:os.system [id]\n", "1:8", "yaml.tag"),
    "1,000 levels of lists": Case(ROLES, b"[" * 1000 + b"]" * 1000, "1:33", "yaml.too-deep"),
    "1,000 levels of mappings": Case(
        ROLES, b"".join(b" " * n + b"a:\n" for n in range(1000)), "33:33", "yaml.too-deep"
    ),
    "a million open brackets": Case(ROLES, b"[" * 1_000_000, "1:1001", "yaml.too-deep"),
    "50 MB": Case(ROLES, b"# filled\n" * (50 * 1024 * 1024 // 9), "1:1", "yaml.too-large"),
    "one line of 7 MB": Case(ROLES, b"roles: '" + b"x" * 7_000_000 + b"'\n", "1:8", "policy.wrong-type"),
    "two documents": Case(ROLES, FILES[ROLES] + b"---\nroles: []\n", "28:1", "yaml.many-documents"),
    "not YAML": Case(ROLES, b"roles: [\n", "2:1", "yaml.syntax"),
    "a file of nobody": Case("policies/rolls.yaml", b"rolls: []\n", "1:1", "policy.unknown-file"),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_policy_file(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    root = lay_down(tmp_path, {**FILES, case.path: case.raw})
    place = f"{case.path}:{case.where}: error: "
    for words in ("validate", "render", "check"):
        said = refused(root, words, 1, place, f"[{case.code}]", case.words)
        assert any(place in line and f"[{case.code}]" in line for line in said.splitlines()), said
        assert len(said) < 20_000


def test_every_problem_of_every_file_is_told_in_one_run(tmp_path: Path) -> None:
    bad = ("a tab", "a wrong type")
    root = lay_down(tmp_path, {**FILES, **{CASES[name].path: CASES[name].raw for name in bad}})
    refused(root, "validate", 1, *(f"[{CASES[name].code}]" for name in bad), "2 errors")


FOLDERS = {
    ROLES: ("validate", 1, "[file.unreadable]"),
    "docs/FAQ.md": ("render", 1, "[artefact.unsafe-path]"),
    ".github/CODEOWNERS": ("render", 1, "[artefact.unsafe-path]"),
    "mkdocs.yml": ("render", 1, "[artefact.unsafe-path]"),
    ".handrail/ledger": ("render", 2, ".handrail/ledger: is a directory"),
    ".handrail/lock": ("render", 2, ".handrail/lock: is a directory"),
}


@pytest.mark.parametrize("path", FOLDERS)
def test_a_folder_where_a_file_should_be(tmp_path: Path, path: str) -> None:
    words, code, says = FOLDERS[path]
    root = lay_down(tmp_path, {each: raw for each, raw in FILES.items() if each != path})
    (root / path).mkdir(parents=True)
    said = refused(root, words, code, path, says)
    assert "dangling" not in said


@pytest.mark.parametrize("path", ["docs/runbooks", ".github/workflows", ".claude/agents", ".github"])
def test_a_file_where_a_folder_should_be(tmp_path: Path, path: str) -> None:
    root = lay_down(tmp_path, {**FILES, path: b"a file\n"})
    said = refused(root, "render", 1, f"{path}/", "[artefact.unsafe-path]", "is a file, not a folder")
    assert "Nothing was written." in said


@pytest.mark.parametrize("path", [".handrail", "policies"])
def test_a_file_where_a_folder_of_the_top_should_be(tmp_path: Path, path: str) -> None:
    root = lay_down(tmp_path, {each: raw for each, raw in FILES.items() if not each.startswith(path)})
    (root / path).write_text("a file\n")
    refused(root, "render", 2, f"handrail: {path}", "not a folder")


@pytest.mark.parametrize("words", ["validate", "render", "check", "explain LOW"])
def test_no_policy_at_all(tmp_path: Path, words: str) -> None:
    refused(tmp_path, words, 2, "there is no policy", "handrail init")


def unprivileged() -> tuple[str, ...]:
    """Return what stands before a command so that permissions count; the super-user passes them by."""
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root reads and writes everything, and setpriv (util-linux) is not here to forbid it")
    without = "-dac_override,-dac_read_search"
    return ("setpriv", f"--bounding-set={without}", f"--inh-caps={without}")


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Callable[[str, int], Path]]:
    """Return what takes rights away from a path of a rendered repository; they come back at the end."""
    root = lay_down(tmp_path)
    assert run(root, "render").code == 0
    changed = root / MATRIX
    changed.write_bytes(changed.read_bytes().replace(b"review_target_hours: 24", b"review_target_hours: 36"))
    taken = []

    def close(path: str, mode: int) -> Path:
        taken.append((root / path, (root / path).stat().st_mode))
        (root / path).chmod(mode)
        return root

    yield close
    for path, mode in taken:
        path.chmod(mode)


UNREADABLE = {
    ROLES: 1,
    "policies": 2,
    "docs/APPROVAL_MATRIX.md": 2,
    "docs/GITHUB_WORKFLOW.md": 2,
    ".handrail/ledger": 2,
}


@pytest.mark.parametrize("path", UNREADABLE)
@pytest.mark.parametrize("words", ["render", "check"])
def test_no_right_to_read(closed: Callable[[str, int], Path], path: str, words: str) -> None:
    root = closed(path, 0)
    done = limited(root, words, prefix=unprivileged())
    said = done.out + done.err
    assert (done.code, "Traceback" in said) == (UNREADABLE[path], False), said
    assert "permission denied" in said
    assert path in said
    assert "hint: Give yourself the right to it: chmod u+rw" in said
    assert "written" not in said.replace("Nothing was written.", "")


@pytest.mark.parametrize("path", ["docs", ".github/PULL_REQUEST_TEMPLATE", ".handrail"])
def test_no_right_to_write(closed: Callable[[str, int], Path], path: str) -> None:
    root = closed(path, 0o555)
    before = tree(root)
    done = limited(root, "render", prefix=unprivileged())
    said = done.out + done.err
    assert (done.code, "Traceback" in said) == (1, False), said
    assert "[file.unwritable]" in said
    assert "hint: Give it to yourself: chmod u+rwx" in said
    assert "Nothing was written." in said
    assert tree(root) == before


def test_check_needs_no_right_to_write(closed: Callable[[str, int], Path]) -> None:
    root = closed("docs", 0o555)
    said = limited(root, "check", prefix=unprivileged()).out
    assert "[drift.stale-policy]" in said
    assert "unwritable" not in said


def test_a_folder_that_only_others_may_read_is_no_matter(closed: Callable[[str, int], Path]) -> None:
    """A database that keeps its files in the work tree under a user of its own is common."""
    (closed(MATRIX, 0o644) / "pgdata").mkdir()
    root = closed("pgdata", 0)
    assert limited(root, "render", prefix=unprivileged()).code == 0
    assert limited(root, "check", "--full", prefix=unprivileged()).code == 0
    (root / "policies" / "runbooks").mkdir()
    closed("policies/runbooks", 0)
    done = limited(root, "validate", prefix=unprivileged())
    assert (done.code, "policies/runbooks: permission denied" in done.err) == (2, True), done


def own_artefact(path: str, template: str = "# Own\n") -> dict[str, bytes]:
    """Return a repository with an artefact of its own at ``path``."""
    entry = f"{{id: own, path: '{path}', template: own.md.j2, title: Own}}"
    policy = f"artefacts: [{entry}]\nskip: []\n"
    return {**FILES, "policies/artefacts.yaml": policy.encode(), "templates/own.md.j2": template.encode()}


PATHS = {
    "/etc/own.md": "artefact.unsafe-path",
    "../own.md": "artefact.unsafe-path",
    "docs/../../own.md": "artefact.unsafe-path",
    "docs\\..\\..\\own.md": "artefact.unsafe-path",
    "C:/own.md": "artefact.unsafe-path",
    "~/own.md": "artefact.unsafe-path",
    "docs//own.md": "artefact.unsafe-path",
    "./own.md": "artefact.unsafe-path",
    ".git/hooks/pre-commit": "artefact.unsafe-path",
    ".GIT/hooks/pre-commit": "artefact.unsafe-path",
    ".handrail/ledger": "artefact.unsafe-path",
    "policies/roles.yaml": "artefact.unsafe-path",
    "policies/new.yaml": "artefact.unsafe-path",
    "templates/own.md.j2": "artefact.unsafe-path",
    "docs/FAQ.md": "artefact.collision",
    "docs/faq.md": "artefact.collision",
    "docs": "artefact.collision",
    "docs/FAQ.md/own.md": "artefact.collision",
    "docs/GITHUB_WORKFLOW.md": "artefact.collision",
    "mkdocs.yml": "artefact.collision",
}


@pytest.mark.parametrize("path", PATHS)
def test_artefact_path_that_leads_out_or_is_taken(tmp_path: Path, path: str) -> None:
    root = lay_down(tmp_path / "root", own_artefact(path))
    said = refused(root, "render", 1, f"[{PATHS[path]}]", "Nothing was written.", "policies/artefacts.yaml:")
    assert "'own'" in said
    assert sorted(each.name for each in tmp_path.iterdir()) == ["root"]


LINKS = {"docs/own.md": "secret.txt", "own/own.md": "folder/own.md"}


@pytest.mark.parametrize("path", LINKS)
def test_symbolic_link_out_of_the_repository(tmp_path: Path, path: str) -> None:
    outside = tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "secret.txt").write_text("secret\n")
    root = lay_down(tmp_path / "root", own_artefact(path))
    link = root / (path if path.startswith("docs/") else "own")
    link.symlink_to(outside / ("secret.txt" if path.startswith("docs/") else "folder"))
    before = tree(outside)
    refused(root, "render", 1, f"{path}:1:1: error: ", "[artefact.unsafe-path]", "symbolic link")
    refused(root, "render --overwrite " + path, 1, "[artefact.unsafe-path]")
    assert tree(outside) == before


def test_a_link_in_place_of_an_output_is_seen_at_once(tmp_path: Path) -> None:
    root = lay_down(tmp_path / "root")
    assert run(root, "render").code == 0
    assert run(root, "check").code == 0
    matrix = root / "docs" / "APPROVAL_MATRIX.md"
    matrix.rename(tmp_path / "elsewhere.md")
    matrix.symlink_to(tmp_path / "elsewhere.md")
    refused(root, "check", 1, "docs/APPROVAL_MATRIX.md:1:1: error: ", "symbolic link")


def test_a_ledger_cannot_remove_what_is_outside(tmp_path: Path) -> None:
    root = lay_down(tmp_path / "root")
    assert run(root, "render").code == 0
    (tmp_path / "kept.txt").write_text("kept\n")
    ledger = root / ".handrail" / "ledger"
    sums = {line.split()[1] for line in ledger.read_text().splitlines() if line.startswith("wrote ")}
    for path in ("../kept.txt", f"{tmp_path}/kept.txt", "docs/../../kept.txt"):
        ledger.write_text(ledger.read_text() + "".join(f"wrote {total} {path}\n" for total in sums))
    assert run(root, "render").code == 0
    assert (tmp_path / "kept.txt").read_text() == "kept\n"


TEMPLATES = {
    "syntax": ("# Own\n\n{% if %}\n", 3, "Expected an expression"),
    "unknown name": ("# Own\n\n{{ polcy.team }}\n", 3, "'polcy' is undefined"),
    "unknown field": ("# Own\n{{ policy.team.team.nme }}\n", 2, "nme"),
    "unknown filter": ("# Own\n\n\n{{ 'a' | shout }}\n", 4, "No filter named 'shout'"),
    "unknown template": ("# Own\n{% include 'no.j2' %}\n", 2, "there is no template no.j2"),
    "division by zero": ("# Own\n{{ 1 // 0 }}\n", 2, "division"),
    "itself": ("# Own\n{% include 'own.md.j2' %}\n", 2, "recursion"),
    "wrong argument": ("# Own\n{{ 5 | fence }}\n", 2, ""),
    "half a character": ("# Own\n{{ '\\ud800' }}\n", 1, "surrogates not allowed"),
    "an unclosed block": ("# Own\n\n{% for a in [] %}\n", 3, "Unexpected end of template"),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_that_fails(tmp_path: Path, name: str) -> None:
    text, line, words = TEMPLATES[name]
    root = lay_down(tmp_path, own_artefact("docs/OWN.md", text))
    place = f"templates/own.md.j2:{line}:1: error: the template failed: "
    for command_words in ("render", "check"):
        refused(root, command_words, 1, place, words, "[template.failed]")


def test_template_that_is_not_utf8(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {**own_artefact("docs/OWN.md"), "templates/own.md.j2": b"# Own\n\xe4\n"})
    refused(root, "render", 2, "templates/own.md.j2:2: not UTF-8")


HOST = FILES["docs/GITHUB_WORKFLOW.md"]
BEGIN, END = b"<!-- handrail:begin %s -->\n", b"<!-- handrail:end %s -->\n"
REVIEW, FAQ, OTHER = b"workflow-review", b"workflow-faq", b"other"
BLOCKS = {
    "missing end": (HOST.replace(END % REVIEW, b""), 17, "block.nested"),
    "missing begin": (HOST.replace(BEGIN % REVIEW, b""), 10, "block.missing-begin"),
    "missing last end": (HOST.replace(END % FAQ, b""), 18, "block.missing-end"),
    "twice": (HOST + b"\n" + BEGIN % FAQ + END % FAQ, 23, "block.duplicate"),
    "unknown": (HOST + b"\n" + BEGIN % OTHER + END % OTHER, 23, "block.unknown"),
    "not UTF-8": (HOST.replace(b"Between", b"Betw\xe4"), 8, "block.not-utf8"),
    "without": (b"# Nothing here\n", 1, "block.absent"),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_broken_markers(tmp_path: Path, name: str) -> None:
    raw, line, code = BLOCKS[name]
    root = lay_down(tmp_path, {**FILES, "docs/GITHUB_WORKFLOW.md": raw})
    for words in ("render", "check"):
        said = refused(root, words, 1, f"[{code}]")
        place = f"docs/GITHUB_WORKFLOW.md:{line}:1: error: "
        assert any(each.startswith(place) and f"[{code}]" in each for each in said.splitlines()), said


NASTY = (
    "| a `b` <script>x</script> {{ 7 * 7 }} {% raw %} --> <!-- \u202eabc\u202c \u05e9\u05dc\u05d5\u05dd "
    "\U0001f389 ${{ github.token }} $(id) `unclosed &amp; [x](y) ![z](q) **b** __init__ # h"
)


def test_nasty_text_arrives_unharmed_and_inert(tmp_path: Path) -> None:
    line = "text: '" + NASTY.replace("'", "''") + "'"
    name = "policies/checklists.yaml"
    root = lay_down(tmp_path, {**FILES, name: replaced(name, "text: The level is right", line)})
    assert run(root, "validate").code == 0
    assert run(root, "render").code == 0
    assert run(root, "check", "--full").code == 0
    made = {path: raw.decode() for path, raw in tree(root).items() if not path.startswith("policies/")}
    shown = {path for path, text in made.items() if "\U0001f389" in text}
    assert {"docs/checklists/review.md", "docs/GITHUB_WORKFLOW.md"} <= shown
    assert {".github/PULL_REQUEST_TEMPLATE.md", ".claude/agents/data-engineer.md"} <= shown
    for path in shown:
        text = made[path]
        assert "49" not in re.sub(r":\d+|L\d+", "", text)
        assert not re.search(r"(?<!`)<script>", text), path
        assert "\u202eabc\u202c" in text


USAGES = ["--no-such", "rendr", "explain", "explain no-such-id", "diff no-such-revision", ""]


@pytest.mark.parametrize("words", USAGES)
def test_wrong_usage(tmp_path: Path, words: str) -> None:
    root = lay_down(tmp_path)
    before = tree(root)
    done = run(root, *words.split())
    said = done.out + done.err
    assert (done.code, "Traceback" in said, tree(root) == before) == (2, False, True), said
    assert said.strip()
