# ruff: noqa: E501  # SQL reads best on a line of its own
"""What a PostgreSQL shows of its schema, and what a picture has, in one form to compare."""

import json
import os
import re
import subprocess
from typing import Any

from handrail.migrations.tables import Catalog, Table
from tests.integration.servers import Target

Shown = dict[str, Any]

QUERY = r"""
with r as (
  select c.oid, c.relkind, case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)'
), col as (
  select r.name, json_object_agg(a.attname, json_build_array(format_type(a.atttypid, a.atttypmod), a.attnotnull,
    coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity, a.attgenerated)) as v
  from r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum group by 1
), con as (
  select r.name, json_agg(json_build_array(k.contype, k.conname,
    (select json_agg(a.attname order by x.o) from unnest(k.conkey) with ordinality x(n, o)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.n),
    (select s.name from r s where s.oid = k.confrelid),
    (select json_agg(a.attname order by x.o) from unnest(k.confkey) with ordinality x(n, o)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.n),
    k.confdeltype, k.confupdtype, k.convalidated)) as v
  from r join pg_constraint k on k.conrelid = r.oid where k.contype in ('p', 'u', 'f', 'c', 'x') group by 1
), idx as (
  select r.name, json_agg(json_build_array(c.relname, i.indisunique, m.amname, i.indpred is not null,
    (select json_agg(coalesce((select a.attname from pg_attribute a where a.attrelid = i.indrelid
       and a.attnum = i.indkey[k - 1]), '()') order by k)
     from generate_series(1, i.indnkeyatts) k))) as v
  from r join pg_index i on i.indrelid = r.oid join pg_class c on c.oid = i.indexrelid
  join pg_am m on m.oid = c.relam
  where not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p','u','x'))
  group by 1
), enum as (
  select case n.nspname when 'public' then '' else n.nspname || '.' end || t.typname as name,
    json_agg(e.enumlabel order by e.enumsortorder) as v
  from pg_enum e join pg_type t on t.oid = e.enumtypid join pg_namespace n on n.oid = t.typnamespace group by 1
)
select json_build_object(
  'tables', coalesce((select json_object_agg(r.name, json_build_object('columns', coalesce(col.v, '{}'),
    'constraints', coalesce(con.v, '[]'), 'indexes', coalesce(idx.v, '[]')))
    from r left join col using (name) left join con using (name) left join idx using (name)), '{}'),
  'enums', coalesce((select json_object_agg(name, v) from enum), '{}'))
"""

ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}


def run_sql(target: Target, *words: str, text: str = "") -> str:
    """Run psql; the script, or a command, must succeed."""
    command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", target.env["DATABASE_URL"], *words]
    done = subprocess.run(
        command, input=text, env={**os.environ, **target.env}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown_by_database(target: Target) -> Shown:
    """Return what the catalog of a database shows."""
    return shown(json.loads(run_sql(target, "-c", QUERY)))


def shown(found: Shown) -> Shown:
    """Return what ``QUERY`` found, in the form to compare."""
    return {
        "tables": {name: _table(table) for name, table in found["tables"].items()},
        "enums": found["enums"],
    }


def shown_by_picture(catalog: Catalog) -> Shown:
    """Return the same of a picture."""
    return {
        "tables": {name: _pictured(table) for name, table in catalog.tables.items()},
        "enums": {name: [each.name for each in labels] for name, labels in catalog.enums.items()},
    }


def differences(database: Any, picture: Any, path: str = "") -> list[str]:
    """Return what differs, one line each."""
    if isinstance(database, dict) and isinstance(picture, dict):
        return [
            line
            for key in sorted(database.keys() | picture.keys())
            for line in differences(database.get(key), picture.get(key), f"{path}/{key}")
        ]
    return [] if database == picture else [f"{path}: database {database!r}, picture {picture!r}"]


def _table(table: Shown) -> Shown:
    constraints = table["constraints"]
    identity = {"": "", "a": "always", "d": "by default"}
    return {
        "columns": {
            name: [kind.replace('"', ""), required, _plain(default), identity[given], bool(generated)]
            for name, (kind, required, default, given, generated) in table["columns"].items()
        },
        "key": next(([name, columns] for kind, name, columns, *_ in constraints if kind == "p"), ["", []]),
        "unique": {name: columns for kind, name, columns, *_ in constraints if kind == "u"},
        "foreign": {
            name: [columns, other, references, ACTIONS[delete], ACTIONS[update], valid]
            for kind, name, columns, other, references, delete, update, valid in constraints
            if kind == "f"
        },
        "checks": {each[1]: [each[0], each[-1]] for each in constraints if each[0] in "cx"},
        "indexes": {
            name: [unique, method, partial, columns]
            for name, unique, method, partial, columns in table["indexes"]
        },
    }


def _pictured(table: Table) -> Shown:
    names = {each.name for each in table.columns}
    return {
        "columns": {
            each.name: [
                each.type,
                each.required,
                _plain(each.default),
                "" if each.identity == "serial" else each.identity,
                bool(each.generated),
            ]
            for each in table.columns
        },
        "key": [table.key_name, list(table.primary_key)],
        "unique": {each.name: list(each.columns) for each in table.indexes if each.constraint},
        "foreign": {
            key.name: [
                list(key.columns),
                key.table,
                list(key.references),
                key.on_delete,
                key.on_update,
                key.valid,
            ]
            for key in table.foreign_keys
        },
        "checks": {each.name: [each.kind[0].replace("e", "x"), each.valid] for each in table.checks},
        "indexes": {
            each.name: [
                each.unique,
                each.method,
                bool(each.where),
                [column if column in names else "()" for column in each.columns],
            ]
            for each in table.indexes
            if not each.constraint
        },
    }


def _plain(default: str) -> str:
    """Return a default without what PostgreSQL adds when it shows one: casts, brackets, quotes of names."""
    text = re.sub(
        r"::(?:\"[^\"]+\"|[\w.]+)(?: (?:varying|precision|with(?:out)? time zone))*(?:\([\d, ]+\))?(?:\[\])*",
        "",
        default,
    )
    text = re.sub(r"[\s()\"]", "", text).lower()
    return "" if text == "null" else re.sub(r"^'(-[\d.]+)'$", r"\1", text)
