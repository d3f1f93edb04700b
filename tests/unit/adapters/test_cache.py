"""The user's cache gives back what was saved, or nothing; it never fails."""

from pathlib import Path

import pytest

from handrail.adapters.cache import UserCache


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserCache:
    """A cache whose folder does not exist yet."""
    monkeypatch.setenv("HANDRAIL_CACHE", str(tmp_path / "cache"))
    return UserCache(str(tmp_path))


def test_nothing_is_there_at_first(cache: UserCache) -> None:
    assert cache.load() == b""


def test_what_was_saved_last_is_loaded(cache: UserCache) -> None:
    cache.save(b"one")
    cache.save(b"two\0")
    assert cache.load() == b"two\0"
    assert [path.name for path in Path(cache.path).parent.iterdir()] == [Path(cache.path).name]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 15, b"x" * 100])
def test_a_damaged_file_counts_as_none(cache: UserCache, damage: bytes) -> None:
    cache.save(b"value")
    Path(cache.path).write_bytes(damage)
    assert cache.load() == b""


def test_one_changed_byte_is_seen(cache: UserCache) -> None:
    cache.save(b"value")
    raw = bytearray(Path(cache.path).read_bytes())
    raw[-1] ^= 1
    Path(cache.path).write_bytes(raw)
    assert cache.load() == b""


def test_a_place_that_cannot_be_written_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("HANDRAIL_CACHE", str(tmp_path / "file"))
    cache = UserCache(str(tmp_path))
    cache.save(b"value")
    assert cache.load() == b""


def test_each_repository_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDRAIL_CACHE", str(tmp_path))
    UserCache(str(tmp_path / "a")).save(b"a")
    assert UserCache(str(tmp_path / "b")).load() == b""


@pytest.mark.parametrize(
    ("system", "variables", "place"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/handrail"),
        ("linux", {"HOME": "/home/ann"}, "/home/ann/.cache/handrail"),
        ("darwin", {"HOME": "/Users/ann"}, "/Users/ann/Library/Caches/handrail"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/handrail"),
    ],
)
def test_the_folder_is_the_one_of_the_system(
    system: str, variables: dict[str, str], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HANDRAIL_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", system)
    assert str(Path(UserCache("/repository").path).parent) == place
