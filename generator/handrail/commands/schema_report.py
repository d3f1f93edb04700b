"""handrail schema-report: what deleting a row does, from the schema itself."""

from collections.abc import Callable
from typing import NamedTuple

from handrail.commands.outcome import FINE, FOUND, Outcome
from handrail.commands.schema_source import facts_of_texts, read_schema_texts, schema_path
from handrail.commands.validate import read_policy
from handrail.core.errors import HandrailError
from handrail.migrations.schema_facts import Facts
from handrail.policy.model import Policy
from handrail.ports import Database, Files, Scratch
from handrail.risk.schema_risks import grade_schema

FORMATS = ("text", "json", "markdown")
_SQLITE = b"SQLite format 3\0"

_HINT = "Name a schema.prisma, a folder of .prisma files or of migrations, or a SQLite database file."


class Openers(NamedTuple):
    """What opens a database: the file at a path, to read it only; and an empty SQLite in memory."""

    database: Callable[[str], Database]
    scratch: Callable[[], Scratch]


def schema_report(files: Files, openers: Openers, path: str, form: str) -> Outcome:
    """Return the report on a schema in one of ``FORMATS``.

    ``path`` is a schema.prisma, a folder of .prisma files or of the migrations
    of one history, a SQLite database file, or '' for the schema that the policy
    names. Levels and recommendations are the policy's, where there is one. Exit
    code 1 when parts of the schema cannot be read. Raises ``HandrailError`` when
    there is no schema.
    """
    policy = _policy(files, needed=not path)
    source = path or (schema_path(policy) if policy else "")
    facts = _read(files, openers, source.removeprefix("./").rstrip("/") or ".")
    code = FOUND if facts["unread"] else FINE
    grades = grade_schema(facts, policy)
    if form == "json":
        from handrail.reporters.schema_json import render_schema_json

        return Outcome(code=code, text=render_schema_json(facts, grades))
    if form == "markdown":
        from handrail.reporters.schema_markdown import render_schema_markdown

        return Outcome(code=code, text=render_schema_markdown(facts, grades))
    from handrail.reporters.schema_text import render_schema_text

    return Outcome(code=code, text=render_schema_text(facts, grades))


def _policy(files: Files, *, needed: bool) -> Policy | None:
    if not needed and not files.is_folder("policies"):
        return None
    loaded = read_policy(files)
    if needed and loaded.policy is None:
        raise HandrailError("the policy cannot be read", "Look at it with: handrail validate")
    return loaded.policy


def _read(files: Files, openers: Openers, path: str) -> Facts:
    if not files.exists(path):
        raise HandrailError(f"there is no schema at {path}", _HINT)
    texts = read_schema_texts(files, path)
    if texts:
        return facts_of_texts(path, texts)
    if not files.is_folder(path) and files.read(path, len(_SQLITE)) == _SQLITE:
        return _database(openers.database(path), path)
    facts = _migrations(files, openers.scratch, path) if files.is_folder(path) else None
    if facts is None:
        raise HandrailError(f"{path} is no Prisma schema, no SQLite database and no history", _HINT)
    return facts


def _migrations(files: Files, scratch: Callable[[], Scratch], path: str) -> Facts | None:
    """Return the facts of the schema that a history of migrations makes, None where there is none."""
    from handrail.migrations.fold import Opened, fold_history
    from handrail.migrations.front_end import Runner
    from handrail.migrations.front_ends import front_end
    from handrail.migrations.histories import read_migrations
    from handrail.migrations.layouts import SUFFIXES
    from handrail.migrations.schema_reading import facts_of_catalog
    from handrail.migrations.snapshots import Snapshots

    migrations = read_migrations(files.find(path, SUFFIXES), files.read).migrations
    if len({each.folder for each in migrations}) > 1:
        raise HandrailError(f"there are several histories in {path}", "Name the folder of one.")
    if not migrations:
        return None
    dialect = migrations[0].dialect
    opened = Opened(front_end(dialect, Runner(), scratch), Runner())
    return facts_of_catalog(fold_history(migrations, opened, Snapshots()), path, dialect)


def _database(database: Database, path: str) -> Facts:
    from handrail.migrations.schema_reading import facts_of_catalog
    from handrail.migrations.sqlite.catalog import catalog_of

    return facts_of_catalog(catalog_of(database.rows), path, "sqlite")
