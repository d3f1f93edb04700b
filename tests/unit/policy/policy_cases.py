"""Reads the folders of tests/cases/policy: what is changed in the minimal policy, and what is said of it.

A case holds any of

- ``edit.diff``: changes of files, as ``git diff`` shows them, without line numbers. ``--- path`` begins a
  file, ``@@`` a further change of it; the old lines must stand there exactly once. ``removed path`` removes
  a file.
- ``policies/``: whole files that are added or take the place of those of the minimal policy;

and ``expected.txt``: what ``handrail validate`` prints.
"""

from pathlib import Path

from tests.minimal.builder import minimal_files

ROOT = Path(__file__).parents[2] / "cases" / "policy"
CASES = sorted(path for path in ROOT.iterdir() if path.is_dir())


def files_of(case: Path) -> dict[str, bytes]:
    """Return the repository that a case describes."""
    files = minimal_files()
    edit = case / "edit.diff"
    if edit.exists():
        _apply(files, edit.read_text(encoding="utf-8").splitlines())
    for path in sorted((case / "policies").rglob("*")):
        if path.is_file():
            files[path.relative_to(case).as_posix()] = path.read_bytes()
    return files


def _apply(files: dict[str, bytes], lines: list[str]) -> None:
    path = ""
    hunk: list[str] = []
    for line in [*lines, "@@"]:
        word, _, rest = line.partition(" ")
        if word in ("---", "@@", "removed"):
            if hunk:
                files[path] = _changed(files[path].decode(), hunk).encode()
            hunk = []
            path = rest if word == "---" else path
            if word == "removed":
                del files[rest]
        else:
            assert line[:1] in (" ", "-", "+"), f"no line of a diff: {line!r}"
            hunk.append(line)


def _changed(text: str, hunk: list[str]) -> str:
    old = [line[1:] for line in hunk if line[0] != "+"]
    new = [line[1:] for line in hunk if line[0] != "-"]
    lines = text.splitlines()
    places = [n for n in range(len(lines) - len(old) + 1) if lines[n : n + len(old)] == old]
    assert old, "a change needs a line to stand at"
    assert len(places) == 1, f"these lines stand there {len(places)} times: {old}"
    lines[places[0] : places[0] + len(old)] = new
    return "\n".join(lines) + "\n"
