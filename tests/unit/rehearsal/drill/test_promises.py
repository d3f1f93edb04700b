"""What a command printed against what a runbook promises."""

import time

import pytest

from handrail.rehearsal.drill.promises import keeps_promise

KEPT = [
    ("", ""),
    ("", "\n\n"),
    ("ok", "ok\n"),
    ("ok", "ok  \n\n"),
    ("ok\ncontent equal", "ok\ncontent equal\n"),
    ("<BACKUP FILE>", "before-deploy.db\n"),
    ("<FILE HASH>  before.db", "ab12  before.db\n"),
    ("from <TIME> to <TIME>", "from 09:00 to 10:00"),
    ("<A><B>", "xy"),
    ("…", ""),
    ("…", "anything\nat all\n"),
    ("…\nexit 0", "exit 0\n"),
    ("…\nDatabase schema is up to date!\nexit 0", "one\ntwo\nDatabase schema is up to date!\nexit 0\n"),
    ("head\n…\ntail", "head\ntail\n"),
    ("…\nMigration <MIGRATION> marked as rolled back.\n…", "x\nMigration m1 marked as rolled back.\n\ny\n"),
    ("…\na\n…\nb\n…", "1\na\n2\nb\n"),
    ("…\na\nb\n…", "a\na\nb\n"),
    ("exit $?", "exit $?"),
]

BROKEN = [
    ("", "users|20|19\n"),
    ("ok", ""),
    ("ok", "ok\nfine\n"),
    ("ok", " ok\n"),
    ("ok", "okay\n"),
    ("done", "Error: near line 1: no such table\n"),
    ("<BACKUP FILE>", ""),
    ("<BACKUP FILE>\n<DOWN SCRIPT>", "only one\n"),
    ("<FILE HASH>  before.db", "  before.db\n"),
    ("<A><B>", "x"),
    ("from <TIME> to <TIME>", "from 09:00\n"),
    ("…\nexit 0", "exit 0\nexit 1\n"),
    ("head\n…", "no head\n"),
    ("head\n…\nhead", "head\n"),
    ("…\na\n…\nb\n…", "b\na\n"),
    ("a.c", "abc"),
]


@pytest.mark.parametrize(("promised", "printed"), KEPT)
def test_a_promise_is_kept(promised: str, printed: str) -> None:
    assert keeps_promise(promised, printed)


@pytest.mark.parametrize(("promised", "printed"), BROKEN)
def test_a_promise_is_broken(promised: str, printed: str) -> None:
    assert not keeps_promise(promised, printed)


def test_a_flood_of_lines_is_compared_in_no_time() -> None:
    begin = time.perf_counter()
    assert not keeps_promise("…\nx\n…\ny\n…\nz", "x\n" * 100_000)
    assert not keeps_promise("<A> <B> <C> <D>!", "a " * 200_000)
    assert time.perf_counter() - begin < 2
