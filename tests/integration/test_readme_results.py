"""What README shows of backups, drills and deploys is what these commands print."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from handrail.reporters.drill_text import render_drill_text
from tests.fakes import CHECKOUT
from tests.integration.test_drill import RESTORE, one
from tests.minimal.builder import run

SECONDS = re.compile(r"\d+\.\d\d s")


def parts(command: str) -> list[str]:
    """Return what README shows below a command, cut where it leaves something out."""
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"```text\n\$ {re.escape(command)}\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    return [part for part in SECONDS.sub("N s", found[1]).split("[...]\n") if part.strip()]


def assert_shown(command: str, printed: str) -> None:
    """Fail where README shows what was not printed, or in another order."""
    printed, at = SECONDS.sub("N s", printed), 0
    for part in parts(command):
        assert part in printed[at:], printed
        at = printed.index(part, at)


def test_a_copy_of_files_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "app.db"
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("INSERT INTO t VALUES (1)")
        shutil.copy(source, tmp_path / "copy.db")
        command = "handrail backup verify copy.db --database app.db"
        done = run(tmp_path, *command.split()[1:])
    assert done.code == 1
    assert_shown(command, done.out)


def test_a_wrong_step_is_shown_with_what_it_promised() -> None:
    silent = (RESTORE, "restored.db'\" && echo restored", "restored.db'\"")
    judged = one("restore", "wrong-backfill", silent)
    text = render_drill_text([(judged, "")], "", steps=True)
    assert_shown("handrail drill restore --fault wrong-backfill", text)


def test_a_deploy_before_its_window() -> None:
    case = CHECKOUT / "tests" / "cases" / "deploy" / "critical-before-the-window" / "expected.txt"
    assert_shown("handrail deploy-check --database app.db", case.read_text(encoding="utf-8"))
