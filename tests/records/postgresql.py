"""Examples on a real PostgreSQL: each migration in a transaction, unless it says that it cannot be."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

from handrail.rules.examples import Example
from tests.integration.servers import Server
from tests.records.folders import migrations_of
from tests.records.snapshot import Rows, Snapshot, outcome

OUTSIDE = "-- outside a transaction\n"
"""The first line of a migration that cannot run in a transaction."""

STRENGTH = (
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
"""The locks that hold off somebody, weakest first. https://www.postgresql.org/docs/current/explicit-locking.html"""

WAITS = {
    "SHARE UPDATE EXCLUSIVE": "reads and writes go on",
    "SHARE": "writes wait",
    "SHARE ROW EXCLUSIVE": "writes wait",
    "EXCLUSIVE": "writes wait",
    "ACCESS EXCLUSIVE": "reads and writes wait",
}

_OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
_NAME = "CASE WHEN n.nspname = 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END"
_RELATIONS = f"""
SELECT json_build_object('oid', c.oid::bigint, 'name', {_NAME}, 'file', c.relfilenode::bigint,
    'columns', (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    'key', (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_index i JOIN pg_attribute a
        ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND {_OURS} ORDER BY 1::text;
SELECT format('SELECT json_build_object(''name'', %L, ''rows'',
    (SELECT json_agg(to_json(t) ORDER BY t::text) FROM %I.%I t));', {_NAME}, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND {_OURS} ORDER BY 1 \\gexec
"""  # noqa: S608  # our own text
_LOCKS = """
SELECT json_build_object('locked', l.relation::bigint, 'mode', l.mode) FROM pg_locks l
WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation';
"""
_ERROR = re.compile(r"ERROR:  (.*?)(?: at character \d+)?$", re.MULTILINE)
_COMMAND = ("-XAtq", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse")
_QUIET = {"PGUSER": "postgres", "PGOPTIONS": "-c client_min_messages=error"}


class State(NamedTuple):
    """The tables of a database: their rows, and by oid their name and the file that holds them."""

    rows: Snapshot
    names: dict[int, str]
    files: dict[int, int]


class Database(NamedTuple):
    """A scratch database, reached through ``psql``."""

    server: Server
    name: str

    def run(self, script: str) -> tuple[list[dict[str, object]], str]:
        """Run a script up to its first error; return the JSON objects that it printed, and the error."""
        env = {**os.environ, **_QUIET, "PGHOST": str(self.server.socket)}
        command = [str(self.server.binaries / "psql"), *_COMMAND, "-d", self.name]
        done = subprocess.run(
            command, input=script, env=env, capture_output=True, text=True, timeout=60, check=False
        )
        error = _ERROR.search(done.stderr)
        lines = (line for line in done.stdout.splitlines() if line.startswith("{"))
        return [json.loads(line, parse_float=str) for line in lines], error[1] if error else ""

    def copy(self) -> "Database":
        """Return a new database with the same content."""
        name = f"record_{next(self.server.names)}"
        _, error = self._replace(name="postgres").run(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}";')
        assert not error, error
        return self._replace(name=name)

    def state(self) -> State:
        """Return what is in the database."""
        lines, error = self.run(_RELATIONS)
        assert not error, error
        rows = {str(each["name"]): each["rows"] or [] for each in lines if "rows" in each}
        tables = [each for each in lines if "oid" in each]
        return State(
            {str(each["name"]): _rows(each, rows[str(each["name"])]) for each in tables},
            {int(str(each["oid"])): str(each["name"]) for each in tables},
            {int(str(each["oid"])): int(str(each["file"])) for each in tables},
        )


def _rows(table: dict[str, object], rows: object) -> Rows:
    assert isinstance(rows, list)
    columns, key = table["columns"] or [], table["key"] or []
    assert isinstance(columns, list)
    assert isinstance(key, list)
    return Rows(tuple(key), tuple(columns), tuple(rows))


def version(server: Server) -> str:
    """Return the version of the server."""
    query = "SELECT json_build_object('is', current_setting('server_version'));"
    lines, _ = Database(server, "postgres").run(query)
    return str(lines[0]["is"]).partition(" ")[0]


def play(example: Example, server: Server) -> Example:
    """Return the example with what happened."""
    origin = Database(server, "template1").copy()
    _, error = origin.run(example.before)
    assert not error, f"{example.code}: before.sql fails: {error}"
    before = origin.state()
    return example._replace(
        untouched=_played(origin.copy(), before, "", example.then) if example.then else (),
        after_good=_played(origin.copy(), before, example.good, example.then) if example.good else (),
        after_bad=_played(origin, before, example.bad, example.then),
    )


def _played(database: Database, before: State, script: str, then: str) -> tuple[str, ...]:
    """Return what a script does to the rows ('' for none), and what comes later.

    ``before`` is the state of the origin: a copy has the same oids.
    """
    after = before
    said: tuple[str, ...] = ()
    if script:
        error, locks = _run(database, script, before)
        after = database.state()
        said = (*outcome(error, before.rows, after.rows), *_locked(locks, before), *_rewritten(before, after))
        if OUTSIDE in script:
            said = (*said, "Locks outside of a transaction were not looked at.")
    if not then:
        return said
    _, error = database.run(then)
    later = outcome(f"It fails: {error}" if error else "", after.rows, database.state().rows)
    return (*said, *(f"Then: {each}" if said else each for each in later))


def _rewritten(before: State, after: State) -> Iterator[str]:
    for oid, name in before.names.items():
        moved = oid in after.files and after.files[oid] != before.files[oid]
        if moved and after.rows[after.names[oid]].rows:
            yield f"{name} is rewritten."


def _run(database: Database, script: str, before: State) -> tuple[str, dict[int, str]]:
    """Run the migrations up to the first error; return what failed, and the strongest lock on each table."""
    locks: dict[int, str] = {}
    for number, part in enumerate(migrations := migrations_of(script), 1):
        whole = part if part.startswith(OUTSIDE) else f"BEGIN;\n{part}{_LOCKS}COMMIT;\n"
        lines, error = database.run(whole)
        if error:
            which = f"Migration {number}" if len(migrations) > 1 else "It"
            return f"{which} fails: {error}", locks
        for line in lines:
            oid, mode = int(str(line.get("locked", 0))), _mode(str(line.get("mode", "")))
            if oid in before.names and mode in STRENGTH:
                locks[oid] = max(locks.get(oid, STRENGTH[0]), mode, key=STRENGTH.index)
    return "", locks


def _mode(name: str) -> str:
    """Return the name of a lock as SQL spells it: ``AccessExclusiveLock`` is ACCESS EXCLUSIVE."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name.removesuffix("Lock")).upper()


def _locked(locks: dict[int, str], before: State) -> Iterator[str]:
    for oid in sorted(locks, key=lambda each: (-STRENGTH.index(locks[each]), before.names[each])):
        yield f"Lock on {before.names[oid]}: {locks[oid]} ({WAITS[locks[oid]]})."
