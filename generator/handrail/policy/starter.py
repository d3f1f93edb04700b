"""The starter policy: the shipped one, without what is true of its example application only."""

import re
from collections.abc import Callable, Mapping, Sequence

from handrail.core.record import record

_PROVIDER = re.compile(r"datasource\s+\w+\s*\{[^}]*?provider\s*=\s*\"(\w+)\"", re.DOTALL)
_ENGINES = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql", "mysql": "mysql"}
_VERSIONS = {"sqlite": "3.40", "postgresql": "16", "mysql": "8.4"}


@record
class Stack:
    """What is found in a repository. Paths count from its root; ``because`` says what showed it."""

    orm: str
    engine: str
    schema: str
    migrations: str
    because: str


def find_stack(paths: Sequence[str], read: Callable[[str], bytes]) -> Stack:
    """Return the stack of a repository with these Prisma schemas and SQL files.

    A Prisma schema wins over SQL files; the one nearest to the root wins over
    others. Without either it is Prisma on SQLite, as in the shipped policy.
    """
    schemas = [path for path in paths if path.endswith("schema.prisma")]
    if schemas:
        schema = min(schemas, key=lambda path: (path.count("/"), path))
        found = _PROVIDER.search(read(schema).decode("utf-8", "replace"))
        engine = _ENGINES.get(found[1] if found else "", "sqlite")
        folder = schema.rpartition("/")[0]
        migrations = f"{folder}/migrations" if folder else "migrations"
        because = f"a Prisma schema for {engine} ({schema})"
        return Stack(orm="prisma", engine=engine, schema=schema, migrations=migrations, because=because)
    folders = sorted({path.rpartition("/")[0] for path in paths if _is_migration(path)})
    if folders:
        folder = min(folders, key=lambda path: (path.count("/"), path))
        because = f"plain SQL migrations ({folder}/)"
        return Stack(orm="none", engine="postgresql", schema=folder, migrations=folder, because=because)
    because = "no schema and no migrations; the starter is for Prisma on SQLite"
    return Stack(
        orm="prisma",
        engine="sqlite",
        schema="prisma/schema.prisma",
        migrations="prisma/migrations",
        because=because,
    )


def _is_migration(path: str) -> bool:
    folder = path.rpartition("/")[0]
    return bool(re.search(r"(^|/)(migrations?|migrate|sql)$", folder))


def starter_files(drafts: Mapping[str, str], stack: Stack, url: str, branch: str) -> dict[str, str]:
    """Return the starter's files from the shipped ones (path -> text).

    ``url`` is the repository's web address or '', ``branch`` its default one.
    """
    return {path: _adapted(path, text, stack, url, branch) for path, text in sorted(drafts.items())}


def _adapted(path: str, text: str, stack: Stack, url: str, branch: str) -> str:
    if not path.startswith("policies/"):
        return _without_decisions(_emptied_blocks(text))
    name = path.removeprefix("policies/")
    text = re.sub(r"^ *covers: \[[^\]]*\]\n", "", text, flags=re.MULTILINE)
    text = re.sub(r", covers: \[[^\]]*\]", "", text)
    text = re.sub(r"\[\[schema-risk:S\d+\]\]", "[[artefact:risk-register]]", text)
    changes: dict[str, Callable[[str], str]] = {
        "team.yaml": lambda old: _team(old, url, branch),
        "database.yaml": lambda old: _database(old, stack),
        "risks.yaml": lambda old: _without_list(old, "schema_risks"),
        "coverage.yaml": lambda old: _without_list(old, "rows"),
        "artefacts.yaml": _without_coverage,
        "roles.yaml": _without_members,
    }
    return changes.get(name, str)(text)


def _team(text: str, url: str, branch: str) -> str:
    name = url.rpartition("/")[2] or "application"
    address = url or "https://github.com/your-org/your-repository"
    for key, value in (("name", f"The {name} team"), ("application", name)):
        text = re.sub(rf"^(  {key}: ).*$", rf"\g<1>{value} # TODO", text, count=1, flags=re.MULTILINE)
    mark = "" if url else " # TODO"
    text = re.sub(r"^( +url: ).*$", rf"\g<1>{address}{mark}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^( +default_branch: ).*$", rf"\g<1>{branch}", text, count=1, flags=re.MULTILINE)
    return re.sub(r"handrail_from: \w+", "handrail_from: pypi", text)


def _database(text: str, stack: Stack) -> str:
    values = {
        "schema": stack.schema,
        "migrations": stack.migrations,
        "orm": stack.orm,
        "- engine": stack.engine,
    }
    for key, value in values.items():
        text = re.sub(rf"^( *{key}: ).*$", rf"\g<1>{value}", text, count=1, flags=re.MULTILINE)
    version = f'"{_VERSIONS[stack.engine]}" # TODO'
    text = re.sub(r"^( +version: ).*$", rf"\g<1>{version}", text, count=1, flags=re.MULTILINE)
    if stack.orm == "none":
        text = re.sub(r"^( +command: ).*$", r"\g<1>your-runner up # TODO", text, count=1, flags=re.MULTILINE)
    return text


def _without_decisions(text: str) -> str:
    """Return mkdocs.yml without the pages about Handrail itself."""
    text = re.sub(r"^not_in_nav: \|\n(?:  .*\n)+\n?", "", text, flags=re.MULTILINE)
    return re.sub(r"^.*decisions/index\.md\n", "", text, flags=re.MULTILINE)


def _without_list(text: str, key: str) -> str:
    """Return the text with the top-level list ``key`` emptied."""
    return re.sub(rf"^{key}:.*\n((?:[ #].*)?\n)*", f"{key}: []\n", text, flags=re.MULTILINE)


def _without_coverage(text: str) -> str:
    return re.sub(r"^skip: .*$", "skip: [coverage]", text, flags=re.MULTILINE)


def _without_members(text: str) -> str:
    return re.sub(r"^    members:.*\n(?:      .*\n)*", "    members: [] # TODO\n", text, flags=re.MULTILINE)


def _emptied_blocks(text: str) -> str:
    """Return the text with its generated blocks empty and without a checksum: new ones."""
    pattern = re.compile(
        r"(handrail:begin (?P<id>[\w-]+).*\n)(?:.*\n)*?(?P<indent>.*)(?P<end>handrail:end (?P=id)) [0-9a-f]+"
    )
    return pattern.sub(lambda found: found[1] + found["indent"] + found["end"], text)
