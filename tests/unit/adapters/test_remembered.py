"""What was worked out is kept for the next run, unless the run broke off."""

from contextlib import suppress
from pathlib import Path

import pytest

from handrail.adapters.clock import SystemClock
from handrail.adapters.disk import Disk
from handrail.adapters.remembered import Remembered


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setenv("HANDRAIL_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "root"
    root.mkdir()
    return Disk(str(root))


def test_the_next_run_knows_it(disk: Disk) -> None:
    with Remembered(disk) as memory:
        memory.put("kind", "key", (1, "x"))
    with Remembered(disk) as memory:
        assert memory.get("kind", "key") == (1, "x")


def test_a_run_that_broke_off_leaves_what_was_there(disk: Disk) -> None:
    with suppress(ValueError), Remembered(disk) as memory:
        memory.recall("kind", "first", len)
        memory.recall("kind", "second", int)
    with Remembered(disk) as memory:
        assert memory.recall("kind", "first", lambda _: "worked out anew") == "worked out anew"


def test_a_run_that_learnt_nothing_writes_nothing(disk: Disk, tmp_path: Path) -> None:
    with Remembered(disk):
        pass
    assert not (tmp_path / "cache").exists()


def test_the_day_is_one() -> None:
    year, month, day = map(int, SystemClock().today().split("-"))
    assert (year >= 2026, 1 <= month <= 12, 1 <= day <= 31) == (True, True, True)
