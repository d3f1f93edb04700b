# ruff: noqa: E501, S608  # SQL reads best on a line of its own; its names are those of the test
"""Made-up rows go into real databases: every table has some, and nothing points at nothing."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from handrail.adapters.scratch import open_scratch
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.operations import Script
from handrail.migrations.quotes import Dialect, quoted, quoted_table
from handrail.migrations.schema_reading import HISTORIES
from handrail.migrations.tables import Catalog, Table
from handrail.rehearsal.seed.seed import make_seed
from tests.integration import mariadb as maria
from tests.integration.servers import Server, Target

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[[str], Sequence[tuple[Any, ...]]]

SQLITE = """
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL, nick VARCHAR(8) UNIQUE, best INTEGER
  REFERENCES posts (id), role TEXT NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'author')), born DATE,
  at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, boss INTEGER REFERENCES users (id) ON DELETE SET NULL);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
  starts INTEGER NOT NULL, ends INTEGER NOT NULL, meta TEXT NOT NULL CHECK (json_valid(meta)), body TEXT, CHECK (starts < ends));
CREATE UNIQUE INDEX one_pinned ON posts (author) WHERE starts > 100;
CREATE TABLE profile (user INTEGER PRIMARY KEY REFERENCES users, hash BLOB NOT NULL CHECK (length(hash) = 32));
CREATE TABLE tags (name TEXT PRIMARY KEY, size REAL) WITHOUT ROWID;
CREATE TABLE post_tags (post INTEGER NOT NULL REFERENCES posts, tag TEXT NOT NULL REFERENCES tags, PRIMARY KEY (post, tag));
CREATE TABLE marks (post INTEGER NOT NULL, tag TEXT NOT NULL, n INTEGER, FOREIGN KEY (post, tag) REFERENCES post_tags);
CREATE TABLE exact (id INT PRIMARY KEY, label TEXT NOT NULL, part ANY, twice INT AS (id * 2) STORED) STRICT;
CREATE TABLE lone (id INTEGER PRIMARY KEY CHECK (id = 1), v TEXT NOT NULL);
CREATE TABLE forests (id INTEGER PRIMARY KEY, root INTEGER NOT NULL REFERENCES forests (id));
CREATE VIRTUAL TABLE search USING fts5 (title, body);
CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT);
CREATE TRIGGER users_log AFTER INSERT ON users BEGIN INSERT INTO log (what) VALUES (new.email); END;
"""

POSTGRESQL = """
CREATE TYPE mood AS ENUM ('calm', 'it''s odd');
CREATE TABLE teams (id bigserial PRIMARY KEY, slug varchar(12) NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
  lead bigint, ratio numeric(12,6) NOT NULL, span tstzrange, EXCLUDE USING gist (span WITH &&));
CREATE TABLE people (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, team bigint NOT NULL REFERENCES teams ON DELETE CASCADE,
  mood mood NOT NULL DEFAULT 'calm', moods mood[], email text, tags text[] NOT NULL DEFAULT '{}', data jsonb, raw bytea,
  key uuid NOT NULL UNIQUE, addr inet, wait interval, seen timestamptz(3), born date, words tsvector, ok boolean,
  kind text NOT NULL, ext text, UNIQUE (team, id),
  CHECK ((kind = 'in' AND ext IS NULL) OR (kind = 'out' AND ext IS NOT NULL)), CHECK (born IS NULL OR born > '1900-01-01'));
CREATE UNIQUE INDEX people_email ON people (lower(email)) WHERE ok;
ALTER TABLE teams ADD FOREIGN KEY (id, lead) REFERENCES people (team, id);
CREATE TABLE badges (team bigint NOT NULL, person int NOT NULL, hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  width smallint, price numeric, PRIMARY KEY (team, person), FOREIGN KEY (team, person) REFERENCES people (team, id));
CREATE TABLE either (id int PRIMARY KEY, a int REFERENCES people, b bigint REFERENCES teams,
  sum int GENERATED ALWAYS AS (id * 2) STORED, CHECK (((a IS NOT NULL)::int + (b IS NOT NULL)::int) = 1));
CREATE SEQUENCE tickets; CREATE TABLE ticket (no bigint PRIMARY KEY DEFAULT nextval('tickets'), note char(4));
"""

MYSQL = """
CREATE TABLE shops (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, code VARCHAR(10) NOT NULL UNIQUE, tiny TINYINT,
  kind ENUM('a','it''s') NOT NULL, flags SET('x','y'), founded YEAR, open_at TIME, seen TIMESTAMP(3) NULL, at DATETIME(6) NULL,
  extra JSON, raw VARBINARY(20), big BIGINT UNSIGNED, bits BIT(5), price DECIMAL(10,3) NOT NULL, note TEXT) DEFAULT CHARSET=utf8mb4;
CREATE TABLE items (shop INT UNSIGNED NOT NULL, no INT NOT NULL, name VARCHAR(50), stock INT NOT NULL CHECK (stock >= 3),
  PRIMARY KEY (shop, no), FOREIGN KEY (shop) REFERENCES shops (id) ON DELETE CASCADE) DEFAULT CHARSET=utf8mb4;
CREATE TABLE lines_ (id INT PRIMARY KEY AUTO_INCREMENT, shop INT UNSIGNED, no INT, pair INT UNIQUE,
  FOREIGN KEY (shop, no) REFERENCES items (shop, no), FOREIGN KEY (pair) REFERENCES lines_ (id));
"""


def folded(texts: Sequence[str], dialect: Dialect) -> Catalog:
    """Return the schema after some scripts."""
    reader = front_end(dialect, Runner(), open_scratch)
    for number, text in enumerate(texts):
        reader.apply(Script(f"{number}.sql", text))
    return reader.catalog


def fill(catalog: Catalog, dialect: Dialect, rows: int, run: Run) -> dict[str, str]:
    """Run a seed; return what could not be filled. The engine must take every statement."""
    seed = make_seed(catalog, dialect, rows)
    for each in seed.statements:
        run(each.text)
    return dict(seed.skipped)


def plain_tables(catalog: Catalog) -> list[Table]:
    return [each for name, each in catalog.tables.items() if name not in HISTORIES]


def check_rows(catalog: Catalog, dialect: Dialect, run: Run) -> None:
    """Every table has rows, and every column that may be NULL is so in some of them."""
    for table in plain_tables(catalog):
        name = quoted_table(table.name, dialect)
        count = run(f"SELECT count(*) FROM {name}")[0][0]
        assert count, table.name
        for column in table.columns:
            free = not column.required and column.name not in table.primary_key and not column.generated
            if free and table.kind == "table" and count >= 10:
                filled = run(f"SELECT count({quoted(column.name, dialect)}) FROM {name}")[0][0]
                assert 0 < filled < count, f"{table.name}.{column.name}: {filled} of {count}"


def opened() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("PRAGMA foreign_keys = ON")
    return base


def scripts_of(dialect: str) -> list[Path]:
    return sorted((ROOT / "examples" / "operations").glob(f"*/{dialect}/before.sql"))


@pytest.mark.parametrize("rows", [40, 700])
def test_sqlite_takes_all_of_it(rows: int) -> None:
    base, catalog = opened(), folded([SQLITE], "sqlite")
    base.executescript(SQLITE)
    run: Run = lambda text: base.execute(text).fetchall()  # noqa: E731  # one line is enough for it
    assert fill(catalog, "sqlite", rows, run) == {}
    check_rows(catalog, "sqlite", run)
    assert run("PRAGMA foreign_key_check") == []
    assert run("PRAGMA integrity_check") == [("ok",)]
    assert run("SELECT count(*) FROM users WHERE best IS NOT NULL")[0][0] > 5, (
        "keys in a circle are set afterwards"
    )
    children = [each[0] for each in run("SELECT count(*) FROM marks GROUP BY post, tag ORDER BY 1 DESC")]
    assert children[0] > 3 * children[-1], "one parent has many children"
    childless = "SELECT count(*) FROM users u WHERE NOT EXISTS (SELECT 1 FROM posts WHERE author = u.id)"
    assert run(childless)[0][0]


def test_the_example_application_is_filled() -> None:
    folder = ROOT / "examples" / "meal-planner" / "prisma" / "migrations"
    texts = [each.read_text(encoding="utf-8") for each in sorted(folder.glob("*/migration.sql"))]
    base, catalog = opened(), folded(texts, "sqlite")
    for text in texts:
        base.executescript(text)
    run: Run = lambda text: base.execute(text).fetchall()  # noqa: E731  # one line is enough for it
    assert fill(catalog, "sqlite", 300, run) == {}
    check_rows(catalog, "sqlite", run)
    assert run("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("script", scripts_of("sqlite"), ids=lambda each: each.parts[-3])
def test_the_schemas_of_the_handbook_are_filled_in_sqlite(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    base, catalog = opened(), folded([text], "sqlite")
    base.executescript(text)
    run: Run = lambda text: base.execute(text).fetchall()  # noqa: E731  # one line is enough for it
    assert fill(catalog, "sqlite", 30, run) == {}
    check_rows(catalog, "sqlite", run)
    assert run("PRAGMA foreign_key_check") == []


@contextmanager
def postgresql_run(target: Target) -> Iterator[Run]:
    psycopg = pytest.importorskip("psycopg")
    name = target.env["DATABASE_URL"].rpartition("/")[2]
    with psycopg.connect(host=target.env["PGHOST"], user="postgres", dbname=name, autocommit=True) as base:

        def run(text: str) -> Sequence[tuple[Any, ...]]:
            done = base.execute(text.encode())
            return list(done.fetchall()) if done.description else []

        yield run


@pytest.mark.parametrize("rows", [40, 700])
def test_postgresql_takes_all_of_it(rows: int, postgresql: Server, tmp_path: Path) -> None:
    catalog = folded([POSTGRESQL], "postgresql")
    with postgresql_run(postgresql.target(tmp_path)) as run:
        run(POSTGRESQL)
        assert fill(catalog, "postgresql", rows, run) == {}
        check_rows(catalog, "postgresql", run)
        assert run("SELECT nextval('tickets') > max(no) FROM ticket") == [(True,)]
        assert run("SELECT nextval(pg_get_serial_sequence('people', 'id')) > max(id) FROM people") == [
            (True,)
        ]
        assert run("SELECT count(*) FROM teams WHERE lead IS NOT NULL")[0][0] > 5


@contextmanager
def roles_of(text: str, run: Run) -> Iterator[None]:
    """Make the roles that a script makes, which are of the whole server, and drop those that are new."""
    there = {name for (name,) in run("SELECT rolname FROM pg_roles")}
    made = [name for name in re.findall(r"CREATE ROLE (\w+)", text) if name not in there]
    for name in made:
        run(f"CREATE ROLE {name}")
    yield
    for name in made:
        run(f"DROP OWNED BY {name}; DROP ROLE {name}")


@pytest.mark.parametrize("script", scripts_of("postgresql"), ids=lambda each: each.parts[-3])
def test_the_schemas_of_the_handbook_are_filled_in_postgresql(
    script: Path, postgresql: Server, tmp_path: Path
) -> None:
    text = script.read_text(encoding="utf-8")
    catalog = folded([text], "postgresql")
    with postgresql_run(postgresql.target(tmp_path)) as run, roles_of(text, run):
        run(re.sub(r"CREATE ROLE [^;]+;", "", text))
        if script.parts[-3].startswith("partition."):
            with pytest.raises(
                Exception, match="no partition of relation"
            ):  # the schema says nothing of bounds
                fill(catalog, "postgresql", 30, run)
            return
        assert fill(catalog, "postgresql", 30, run) == {}
        check_rows(catalog, "postgresql", run)


@pytest.fixture(scope="module")
def mariadb() -> Iterator[maria.Server]:
    """Yield a running MariaDB, or skip with the reason."""
    try:
        with maria.running() as server:
            yield server
    except maria.Unavailable as reason:
        pytest.skip(str(reason))


@contextmanager
def mysql_run(server: maria.Server, script: str) -> Iterator[Run]:
    pymysql = pytest.importorskip("pymysql")
    name = server.database()
    server.play(name, script)
    options = {"user": "root", "database": name, "autocommit": True, "charset": "utf8mb4"}
    with pymysql.connect(unix_socket=str(server.socket), **options) as base:

        def run(text: str) -> Sequence[tuple[Any, ...]]:
            with base.cursor() as cursor:
                cursor.execute(text)
                return list(cursor.fetchall())

        yield run


@pytest.mark.parametrize("rows", [40, 700])
def test_mariadb_takes_all_of_it(rows: int, mariadb: maria.Server) -> None:
    catalog = folded([MYSQL], "mysql")
    with mysql_run(mariadb, MYSQL) as run:
        assert fill(catalog, "mysql", rows, run) == {}
        check_rows(catalog, "mysql", run)


CASES = sorted((ROOT / "tests" / "cases" / "mysql").glob("*.sql"))


@pytest.mark.parametrize("case", CASES, ids=lambda each: each.stem)
def test_the_schemas_of_the_cases_are_filled_in_mariadb(case: Path, mariadb: maria.Server) -> None:
    script = case.read_text(encoding="utf-8")
    catalog = folded([script], "mysql")
    with mysql_run(mariadb, script) as run:
        seed = make_seed(catalog, "mysql", 30)
        for each in seed.statements:
            run(each.text)
        assert seed.skipped == []
        for table in plain_tables(catalog):
            assert run(f"SELECT count(*) FROM {quoted_table(table.name, 'mysql')}")[0][0]


def test_what_the_engine_refuses_is_tried_more_plainly() -> None:
    text = """CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, s TEXT NOT NULL);
    CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER NOT NULL REFERENCES t);
    CREATE TRIGGER picky BEFORE INSERT ON t WHEN new.n < 1 OR new.s = '' BEGIN SELECT RAISE(ABORT, 'no'); END;
    CREATE TABLE never (id INTEGER PRIMARY KEY);
    CREATE TRIGGER never BEFORE INSERT ON never BEGIN SELECT RAISE(ABORT, 'not here'); END;"""
    base, catalog = opened(), folded([text], "sqlite")
    base.executescript(text)
    seed = make_seed(catalog, "sqlite", 100)
    for each in seed.statements:
        try:
            base.execute(each.text)
        except sqlite3.Error as error:
            seed.refuse(str(error))
    assert [tuple(each) for each in seed.skipped] == [("never", "not here")]
    assert base.execute("SELECT count(*) FROM t").fetchone()[0] >= 80
    assert base.execute("SELECT count(*) FROM c").fetchone()[0] >= 80
