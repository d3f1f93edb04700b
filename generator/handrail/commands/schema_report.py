"""handrail schema-report: what deleting a row does, from the schema itself."""

from collections.abc import Callable

from handrail.commands.outcome import FINE, FOUND, Outcome
from handrail.commands.schema_source import facts_of_texts, read_schema_texts, schema_path
from handrail.commands.validate import read_policy
from handrail.core.errors import HandrailError
from handrail.migrations.schema_facts import Facts
from handrail.policy.model import Policy
from handrail.ports import Database, Files
from handrail.risk.schema_risks import grade_schema

FORMATS = ("text", "json", "markdown")
_SQLITE = b"SQLite format 3\0"

Open = Callable[[str], Database]
"""Opens the database file at a path, to read it only."""


def schema_report(files: Files, open_database: Open, path: str, form: str) -> Outcome:
    """Return the report on a schema in one of ``FORMATS``.

    ``path`` is a schema.prisma, a folder of .prisma files, a SQLite database
    file, or '' for the schema that the policy names. Levels and recommendations
    are the policy's, where there is one. Exit code 1 when parts of the schema
    cannot be read. Raises ``HandrailError`` when there is no schema.
    """
    policy = _policy(files, needed=not path)
    source = path or (schema_path(policy) if policy else "")
    facts = _read(files, open_database, source.removeprefix("./").rstrip("/") or ".")
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


def _read(files: Files, open_database: Open, path: str) -> Facts:
    if not files.exists(path):
        hint = "Name a schema.prisma, a folder of .prisma files, or a SQLite database file."
        raise HandrailError(f"there is no schema at {path}", hint)
    texts = read_schema_texts(files, path)
    if texts:
        return facts_of_texts(path, texts)
    if not files.is_folder(path) and files.read(path, len(_SQLITE)) == _SQLITE:
        return _database(open_database(path), path)
    raise HandrailError(
        f"{path} is neither a Prisma schema nor a SQLite database",
        "Name a schema.prisma, a folder of .prisma files, or a SQLite database file.",
    )


def _database(database: Database, path: str) -> Facts:
    from handrail.migrations.schema_reading import facts_of_catalog
    from handrail.migrations.sqlite_catalog import catalog_of

    return facts_of_catalog(catalog_of(database.rows), path, "sqlite")
