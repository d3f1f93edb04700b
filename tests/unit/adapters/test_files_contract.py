"""``ports.Files`` and ``ports.Watched``: Disk and the MemoryFiles of the tests behave the same.

What a unit test proves with MemoryFiles is true of the disk because of this file.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.adapters.disk import Disk
from handrail.core.errors import HandrailError
from tests.fakes import MemoryFiles

Both = Disk | MemoryFiles
Make = Callable[[dict[str, bytes]], Both]

FILES = {
    "a.txt": b"first\r\nsecond\n",
    "README.md": b"# Read me\n",
    "docs/.hidden.md": b"hidden",
    "docs/index.md": b"# Home\n",
    "docs/deep/er/page.md": b"deep",
    "docs/deep/table.csv": b"1,2",
    "docs2/other.md": b"not below docs",
    "policies/team.yaml": b"team: {}\n",
    "policies/runbooks/one.yml": b"runbooks: []\n",
    "templates/docs/FAQ.md.j2": b"# FAQ\n",
    ".github/CODEOWNERS": b"* @ada\n",
    ".git/config": b"[core]\n",
    ".venv/lib/x.md": b"",
    "docs/node_modules/x.md": b"",
    "docs/__pycache__/x.md": b"",
    "site/index.md": b"",
}


@pytest.fixture(params=["memory", "disk"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    def on_disk(files: dict[str, bytes]) -> Disk:
        for path, raw in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(raw)
        return Disk(str(tmp_path))

    return on_disk if request.param == "disk" else MemoryFiles


FINDS = [
    ("policies", (".yaml",), ("policies/team.yaml",)),
    ("policies", (".yaml", ".yml"), ("policies/runbooks/one.yml", "policies/team.yaml")),
    ("docs", (".md",), ("docs/.hidden.md", "docs/deep/er/page.md", "docs/index.md")),
    ("docs/deep", ("",), ("docs/deep/er/page.md", "docs/deep/table.csv")),
    ("docs", (".none",), ()),
    ("nowhere", ("",), ()),
    ("nowhere/at/all", ("",), ()),
    (".", (".txt", "OWNERS"), (".github/CODEOWNERS", "a.txt")),
    (
        ".",
        (".md",),
        ("README.md", "docs/.hidden.md", "docs/deep/er/page.md", "docs/index.md", "docs2/other.md"),
    ),
]


@pytest.mark.parametrize(("folder", "suffixes", "expected"), FINDS)
def test_find(make: Make, folder: str, suffixes: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert make(FILES).find(folder, suffixes) == expected


def test_top_names_the_files_of_the_root_alone(make: Make) -> None:
    assert make(FILES).top() == ("README.md", "a.txt")


def test_there_may_be_none(make: Make) -> None:
    assert make({"docs/a.md": b""}).top() == ()


READS = [
    ("a.txt", None, b"first\r\nsecond\n"),
    ("a.txt", 5, b"first"),
    ("a.txt", 0, b""),
    ("a.txt", 999, b"first\r\nsecond\n"),
    ("docs/deep/table.csv", None, b"1,2"),
]


@pytest.mark.parametrize(("path", "limit", "expected"), READS)
def test_read(make: Make, path: str, limit: int | None, expected: bytes) -> None:
    assert make(FILES).read(path, limit) == expected


REFUSED: list[tuple[str, Callable[[Both], object], str]] = [
    ("read missing", lambda files: files.read("docs/no.md"), "docs/no.md: no such file or directory"),
    ("read below a file", lambda files: files.read("a.txt/b"), "a.txt/b: not a directory"),
    ("read a folder", lambda files: files.read("docs"), "docs: is a directory"),
    ("read a folder or none", lambda files: files.read_or_none("docs"), "docs: is a directory"),
    ("find in a file", lambda files: files.find("a.txt", ("",)), "a.txt: not a directory"),
    ("write below a file", lambda files: files.write("a.txt/b/c", b""), "a.txt/b/c: not a directory"),
    ("write to a folder", lambda files: files.write("docs", b""), "docs: is a directory"),
    ("remove a folder", lambda files: files.remove("docs"), "docs: is a directory"),
]


@pytest.mark.parametrize(("act", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_done_is_an_error_that_names_path_and_reason(
    make: Make, act: Callable[[Both], object], message: str
) -> None:
    files = make(FILES)
    with pytest.raises(HandrailError) as caught:
        act(files)
    assert str(caught.value) == message
    assert caught.value.hint
    assert [files.read_or_none(path) for path in FILES] == list(FILES.values())


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.txt", FILES["a.txt"]), ("no", None), ("no/at/all", None), ("a.txt/b", None)],
)
def test_read_or_none(make: Make, path: str, expected: bytes | None) -> None:
    assert make(FILES).read_or_none(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.txt", True),
        ("docs", True),
        ("docs/deep", True),
        ("docs/index.md", True),
        ("doc", False),
        ("docs/no.md", False),
        ("a.txt/b", False),
    ],
)
def test_exists(make: Make, path: str, expected: bool) -> None:
    assert make(FILES).exists(path) is expected


PROBLEMS = {
    "docs/index.md": "",
    "docs/new.md": "",
    "entirely/new/place.md": "",
    "docs/a..b.md": "",
    "docs/a: b.md": "",
    "../outside.md": "the path leads upwards (..)",
    "docs/../../outside.md": "the path leads upwards (..)",
    "docs/../index.md": "the path leads upwards (..)",
    "docs\\..\\x.md": "the path leads upwards (..)",
    "/etc/passwd": "the path is absolute",
    "\\\\server\\share": "the path is absolute",
    "C:/x.md": "the path is absolute",
    "docs": "there is a folder of that name",
    "docs/deep": "there is a folder of that name",
    "a.txt/b.md": "'a.txt' is a file, not a folder",
    "docs/index.md/b/c.md": "'docs/index.md' is a file, not a folder",
}


@pytest.mark.parametrize("path", PROBLEMS)
def test_problem_with(make: Make, path: str) -> None:
    assert make(FILES).problem_with(path) == PROBLEMS[path]


@pytest.mark.parametrize("path", ["a.txt", "docs/index.md", "new.md", "entirely/new/place.md", ".dot/x"])
@pytest.mark.parametrize("data", [b"", b"\r\n\x00\xff", "\u00e9\n".encode()])
def test_what_is_written_can_be_read(make: Make, path: str, data: bytes) -> None:
    files = make(FILES)
    files.write(path, data)
    assert files.read(path) == files.read_or_none(path) == data
    assert files.exists(path)
    assert path in files.find(".", ("",))


def test_remove_takes_the_file_and_the_folders_that_this_leaves_empty(make: Make) -> None:
    files = make(FILES)
    files.remove("docs/deep/er/page.md")
    assert not files.exists("docs/deep/er")
    assert files.exists("docs/deep/table.csv")
    files.remove("docs/deep/table.csv")
    assert not files.exists("docs/deep")
    assert files.exists("docs/index.md")


@pytest.mark.parametrize("path", ["docs/no.md", "no/at/all.md", "a.txt/b"])
def test_removing_what_is_not_there_is_fine(make: Make, path: str) -> None:
    files = make(FILES)
    files.remove(path)
    assert [files.read_or_none(each) for each in FILES] == list(FILES.values())


def test_the_lock_can_be_taken_again_after_it_was_let_go(make: Make) -> None:
    files = make(FILES)
    for _ in range(2):
        with files.locked():
            files.write("docs/index.md", b"new")
    with pytest.raises(KeyboardInterrupt), files.locked():
        raise KeyboardInterrupt
    with files.locked():
        assert files.read("docs/index.md") == b"new"


STIRS: list[tuple[str, Callable[[Both], None], bool]] = [
    ("nothing", lambda _: None, False),
    ("longer text", lambda files: files.write("policies/team.yaml", b"team: {name: x}\n"), True),
    ("new file", lambda files: files.write("templates/new.j2", b""), True),
    ("new folder", lambda files: files.write("policies/deep/new.yaml", b""), True),
    ("removed file", lambda files: files.remove("policies/runbooks/one.yml"), True),
    ("elsewhere", lambda files: files.write("docs/index.md", b"longer than before"), False),
]


@pytest.mark.parametrize(("stir", "seen"), [row[1:] for row in STIRS], ids=[row[0] for row in STIRS])
def test_stamps_change_with_the_files_below_the_folders(
    make: Make, stir: Callable[[Both], None], seen: bool
) -> None:
    files = make(FILES)
    before = files.stamps(("policies", "templates", "nowhere"))
    assert {"policies/team.yaml", "templates/docs/FAQ.md.j2"} <= before.keys()
    stir(files)
    assert (files.stamps(("policies", "templates", "nowhere")) != before) is seen
