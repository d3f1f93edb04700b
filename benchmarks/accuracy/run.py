"""How right `handrail classify` is: python benchmarks/accuracy/run.py FOLDER [PROJECT ...]

FOLDER holds a checkout of each project that histories.py names, as
FOLDER/OWNER+NAME. Nothing of them is in this repository. Each migration is run
on the real engine, on rows, and what the database showed is compared with what
Handrail said.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import Any, NamedTuple

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from compare import Score, compare
from histories import HISTORIES, History, Migration, read_history
from mysql_engine import MysqlEngine
from mysql_server import running_mariadb
from postgres_engine import PostgresEngine
from server import running
from sqlite_engine import SqliteEngine
from truth import Engine, Seen, replay

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Result(NamedTuple):
    """What one history came to."""

    history: History
    migrations: list[Migration]
    seen: list[Seen]
    score: Score
    opaque: int
    wrong: str
    seconds: float


SERVERS = {"postgresql": running, "mysql": running_mariadb}
ENGINES: dict[str, Any] = {
    "sqlite": lambda _: SqliteEngine(),
    "postgresql": PostgresEngine,
    "mysql": MysqlEngine,
}


def main() -> None:
    """Measure the projects that are named on the command line, or all that are there."""
    root, *wanted = sys.argv[1:]
    results = []
    with ExitStack() as stack:
        sockets = {"sqlite": ""}
        for history in HISTORIES:
            if wanted and not any(each in f"{history.project}/{history.folder}" for each in wanted):
                continue
            migrations = read_history(root, history)
            if not migrations:
                continue
            if history.engine not in sockets:
                sockets[history.engine] = stack.enter_context(SERVERS[history.engine]())
            print(f"{history.project} {history.folder} ({len(migrations)}) ...", file=sys.stderr, flush=True)
            results.append(_measure(root, history, migrations, sockets[history.engine]))
    print(_table(results))
    _notes(results)


def _measure(root: str, history: History, migrations: list[Migration], socket: str) -> Result:
    engine: Any = ENGINES[history.engine](socket)
    try:
        seen = list(_replayed(engine, migrations))
    finally:
        engine.close()
    start = time.perf_counter()
    report, wrong = _report(root, history)
    seconds = time.perf_counter() - start
    said = {each["path"]: each for each in report["migrations"] if each["dialect"] == history.engine}
    if said.keys() != {each.path for each in migrations}:
        wrong += f" {len(said.keys() ^ {each.path for each in migrations})} files differ"
    opaque = sum(len(each["not_checked"]) for each in said.values())
    return Result(history, migrations, seen, compare(seen, said), opaque, wrong.strip(), seconds)


def _replayed(engine: Engine, migrations: list[Migration]) -> list[Seen]:
    return list(replay(engine, migrations))


def _report(root: str, history: History) -> tuple[dict[str, Any], str]:
    """Return what Handrail says of a history, and how the command failed."""
    home = os.path.join(root, history.project)
    if not os.path.isdir(os.path.join(home, "policies")):
        shutil.copytree(os.path.join(CHECKOUT, "policies"), os.path.join(home, "policies"))
    environment = {**os.environ, "PYTHONPATH": os.path.join(CHECKOUT, "generator")}
    python = os.path.join(CHECKOUT, ".venv", "bin", "python")
    command = [python, "-m", "handrail", "classify", "--format", "json", history.folder]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, check=False)
    try:
        return json.loads(done.stdout), "" if done.returncode in (0, 1) else f"exit {done.returncode}"
    except ValueError:
        return {"migrations": []}, f"crash: {done.stderr.decode()[-300:]}"


def _table(results: list[Result]) -> str:
    head = (
        "project", "engine", "run", "on rows", "failed", "events", "found", "recall %", "extra",
        "precision %", "harmless", "alarms", "not checked", "seconds", "odd",
    )  # fmt: skip
    rows = [_row(each) for each in results]
    lines = [head, *rows, _total(results)]
    widths = [max(len(str(line[place])) for line in lines) for place in range(len(head))]
    shown = [
        "| " + " | ".join(str(c).ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    shown.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(shown) + "\n"


def _row(each: Result) -> tuple[object, ...]:
    how = [one.how for one in each.seen]
    ran, rows, failed = len(how), how.count("rows"), how.count("failed")
    alarms = sum(note.what == "alarm" for note in each.score.notes)
    name = each.history.project.split("+")[-1]
    return (
        name,
        each.history.engine,
        ran,
        rows,
        failed,
        *_shares(each.score.found, each.score.missed, each.score.extra),
        each.score.harmless,
        alarms,
        each.opaque,
        f"{each.seconds:.1f}",
        each.wrong,
    )


def _shares(found: int, missed: int, extra: int) -> tuple[object, ...]:
    recall = f"{100 * found / (found + missed):.1f}" if found + missed else "-"
    precision = f"{100 * found / (found + extra):.1f}" if found + extra else "-"
    return found + missed, found, recall, extra, precision


def _total(results: list[Result]) -> tuple[object, ...]:
    how = [one.how for each in results for one in each.seen]
    scores = [each.score for each in results]
    found, missed, extra = (sum(each[place] for each in scores) for place in range(3))
    alarms = sum(note.what == "alarm" for each in scores for note in each.notes)
    return (
        "all",
        "",
        len(how),
        how.count("rows"),
        how.count("failed"),
        *_shares(found, missed, extra),
        sum(each.harmless for each in scores),
        alarms,
        sum(each.opaque for each in results),
        f"{sum(each.seconds for each in results):.1f}",
        "",
    )


def _notes(results: list[Result]) -> None:
    for each in results:
        for note in each.score.notes:
            where = f"{each.history.project}/{note.path}:{note.line}"
            print(f"{note.what:9} {note.kind:30} {note.table}.{note.column} {note.detail}  {where}")
        for one in each.seen:
            if one.how != "rows":
                said = " ".join(one.said.split())[:160]
                print(f"{one.how:9} {each.history.project}/{one.path}: {said}")


if __name__ == "__main__":
    main()
