"""The starter policy: the shipped one, without what is true of its example application only."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from handrail.core.record import record

_PROVIDER = re.compile(
    r"^[ \t]*datasource\s+\w+\s*\{[^}]*?^[ \t]*provider\s*=\s*\"(\w+)\"", re.DOTALL | re.MULTILINE
)
_ENGINES = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql", "mysql": "mysql"}
_VERSIONS = {"sqlite": "3.40", "postgresql": "16", "mysql": "8.4"}
_MIGRATIONS = re.compile(r"((?:.*/)?(?:migrations?|migrate|sql))/(?:[^/]+/)?[^/]+")
"""A file in a folder of migrations, or in a folder of its own below one."""


@record
class Stack:
    """What is found in a repository. Paths count from its root; ``because`` says what showed it.

    ``guessed`` tells that nothing showed the engine.
    """

    orm: str
    engine: str
    schema: str
    migrations: str
    because: str
    guessed: bool = False


def find_stack(paths: Sequence[str], read: Callable[[str], bytes]) -> Stack:
    """Return the stack of a repository with these Prisma schemas and SQL files.

    A Prisma schema wins over SQL files; the one nearest to the root wins over
    others. Without either it is Prisma on SQLite, as in the shipped policy.
    """
    schemas = _nearest_first(path for path in paths if path.rpartition("/")[2] == "schema.prisma")
    if schemas:
        return _prisma(schemas, read(schemas[0]).decode("utf-8", "replace"))
    found = (_MIGRATIONS.fullmatch(path) for path in paths if path.endswith(".sql"))
    folders = _nearest_first(match[1] for match in found if match)
    if folders:
        folder = folders[0]
        because = f"plain SQL migrations ({folder}/){_besides(folders)}"
        return Stack(
            orm="none", engine="postgresql", schema=folder, migrations=folder, because=because, guessed=True
        )
    because = "no schema and no migrations; the starter is for Prisma on SQLite"
    return Stack(
        orm="prisma",
        engine="sqlite",
        schema="prisma/schema.prisma",
        migrations="prisma/migrations",
        because=because,
        guessed=True,
    )


def _prisma(schemas: Sequence[str], text: str) -> Stack:
    schema = schemas[0]
    found = _PROVIDER.search(text)
    provider = found[1] if found else ""
    engine = _ENGINES.get(provider, "")
    shown = f"for {engine or provider}" if provider else "without a provider"
    because = f"a Prisma schema {shown} ({schema}){_besides(schemas)}"
    if not engine:
        because += f"; Handrail knows {', '.join(_VERSIONS)}: the starter is for sqlite"
    folder = schema.rpartition("/")[0]
    return Stack(
        orm="prisma",
        engine=engine or "sqlite",
        schema=schema,
        migrations=f"{folder}/migrations" if folder else "migrations",
        because=because,
        guessed=not engine,
    )


def _nearest_first(paths: Iterable[str]) -> list[str]:
    return sorted(set(paths), key=lambda path: (path.count("/"), path))


def _besides(found: Sequence[str]) -> str:
    """Say what else was found and is left aside."""
    return f"; not {', not '.join(found[1:])}" if len(found) > 1 else ""


def starter_files(drafts: Mapping[str, str], stack: Stack, url: str, branch: str) -> dict[str, str]:
    """Return the starter's files from the shipped ones (path -> text).

    ``url`` is the repository's web address or '', ``branch`` its default one.
    """
    return {path: _adapted(path, text, stack, url, branch) for path, text in sorted(drafts.items())}


def _adapted(path: str, text: str, stack: Stack, url: str, branch: str) -> str:
    text = _placed(text, stack, branch)
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
        "roles.yaml": lambda old: _without_people(old, url),
    }
    return changes.get(name, str)(text)


def _placed(text: str, stack: Stack, branch: str) -> str:
    """Return the text with this repository's folders and branch in the place of the example's.

    What a shell would have to quote is not written into commands.
    """
    if re.fullmatch(r"[\w./+-]+", branch):
        text = re.sub(r"\borigin([/ ])main\b", lambda found: f"origin{found[1]}{branch}", text)
    folder = stack.migrations.rpartition("/")[0]
    if not re.fullmatch(r"[\w./+-]*", stack.migrations):
        return text
    above, _, last = folder.rpartition("/")
    home = "" if stack.orm == "none" else above if last == "prisma" else folder
    if stack.orm == "prisma" and last != "prisma":
        text = re.sub(r"(?<!backend/)(?<![\w-])prisma/(schema\.prisma|migrations)", r"\1", text)
    text = text.replace("backend/prisma/migrations", stack.migrations)
    text = text.replace("backend/prisma", folder or ".")
    change = rf"\g<1>cd {home}\n" if home else ""
    text = re.sub(r"^( *)cd backend\n", change, text, flags=re.MULTILINE)
    return text.replace("`backend/`", f"`{home or '.'}/`")


def _team(text: str, url: str, branch: str) -> str:
    name = url.rpartition("/")[2] or "application"
    for key, value in (("name", f"The {name} team"), ("application", name)):
        text = _set(text, key, value, todo=True)
    text = _set(text, "url", url or "https://github.com/your-org/your-repository", todo=not url)
    text = _set(text, "default_branch", branch)
    return re.sub(r"handrail_from: \w+", "handrail_from: pypi", text)


def _database(text: str, stack: Stack) -> str:
    text = _set(text, "schema", stack.schema)
    text = _set(text, "migrations", stack.migrations)
    text = _set(text, "orm", stack.orm)
    text = _set(text, "engine", stack.engine, todo=stack.guessed)
    text = _set(text, "version", _VERSIONS[stack.engine], todo=True)
    if stack.orm == "none":
        text = _set(text, "command", "your-runner up", todo=True)
        text = _set(text, "up", "migration.sql", todo=True)
        text = _set(text, "down", "down.sql", todo=True)
    if (stack.orm, stack.engine) != ("prisma", "sqlite"):
        text = re.sub(r"(transaction: )false", r"\g<1>false # TODO", text)
        text = _set(text, "notes", "Say what a script that fails halfway leaves behind.", todo=True)
        text = _set(text, "where", "Say where backups are kept, and which tool takes them.", todo=True)
    return text


def _set(text: str, key: str, value: str, *, todo: bool = False) -> str:
    """Return the text with another value at the first ``key``, also where the old one has many lines."""
    found = re.search(rf"^( *)(?:- )?{key}: (.*\n)", text, re.MULTILINE)
    assert found, key
    end = found.end()
    if found[2].startswith((">", "|")):
        more = re.compile(rf"(?:\n*{found[1]} .*\n)*")
        end = more.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing at least
    return text[: found.start(2)] + _scalar(value) + (" # TODO\n" if todo else "\n") + text[end:]


def _scalar(value: str) -> str:
    """Return a text as a YAML scalar, in quotes where it could be read as something else."""
    plain = re.fullmatch(r"[A-Za-z./_](?:(?:[\w./+, -]|:(?=\S))*[\w./+])?", value)
    word = value.lower() in ("true", "false", "null")
    return value if plain and not word else json.dumps(value, ensure_ascii=False)


def _without_decisions(text: str) -> str:
    """Return mkdocs.yml without the pages about Handrail itself."""
    text = re.sub(r"^not_in_nav: \|\n(?:  .*\n)+\n?", "", text, flags=re.MULTILINE)
    return re.sub(r"^.*decisions/index\.md\n", "", text, flags=re.MULTILINE)


def _without_list(text: str, key: str) -> str:
    """Return the text with the top-level list ``key`` emptied."""
    return re.sub(rf"^{key}:.*\n((?:[ #].*)?\n)*", f"{key}: []\n", text, flags=re.MULTILINE)


def _without_coverage(text: str) -> str:
    return re.sub(r"^skip: .*$", "skip: [coverage]", text, flags=re.MULTILINE)


def _without_people(text: str, url: str) -> str:
    """Return roles.yaml without the example's people; teams are left as a suggestion."""
    owner = url.split("/")[3] if url.startswith("https://github.com/") else "your-org"
    text = re.sub(r"^    members:.*\n(?:      .*\n)*", "    members: [] # TODO\n", text, flags=re.MULTILINE)
    return re.sub(
        r"^    (github_team: ).*/(.*)\n", rf"    # \g<1>{owner}/\g<2> # TODO\n", text, flags=re.MULTILINE
    )


def _emptied_blocks(text: str) -> str:
    """Return the text with its generated blocks empty and without a checksum: new ones."""
    pattern = re.compile(
        r"(handrail:begin (?P<id>[\w-]+).*\n)(?:.*\n)*?(?P<indent>.*)(?P<end>handrail:end (?P=id)) [0-9a-f]+"
    )
    return pattern.sub(lambda found: found[1] + found["indent"] + found["end"], text)
