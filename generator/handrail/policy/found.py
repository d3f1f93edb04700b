"""What a repository shows of its stack: Prisma or plain SQL, engine, runner, folders, form of names."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from handrail.core.record import record
from handrail.policy.runners import DBMATE, FLYWAY, GOLANG_MIGRATE, PLAIN, PRISMA, Runner

Read = Callable[[str], bytes]

SUFFIXES = ("schema.prisma", "migration_lock.toml", ".sql")
"""Endings of the files that are looked at."""

_MADE = frozenset({"build", "dist", "out", "target", "vendor"})
"""Folders that hold copies."""

_DATASOURCE = re.compile(r"datasource\s+\w+\s*\{[^}]*?\bprovider\s*=\s*\"(\w+)\"", re.DOTALL)
_ENGINES = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql", "mysql": "mysql"}
_SIGNS = {
    "sqlite": r"\bAUTOINCREMENT\b|\bPRAGMA\b|\bWITHOUT\s+ROWID\b",
    "postgresql": r"\b(BIG|SMALL)?SERIAL\b|\bJSONB\b|\bTIMESTAMPTZ\b|\bBYTEA\b|\$\$|::\w|\bCONCURRENTLY\b",
    "mysql": r"\bAUTO_INCREMENT\b|\bENGINE\s*=|`\w+`|\bUNSIGNED\b|\bTINYINT\b",
}
"""What a script holds that is written for one engine."""

LOOKED_AT = 40
"""Scripts that are read to tell the engine."""


class Names(NamedTuple):
    """A form of names. ``first`` and ``second`` begin two names that follow each other."""

    format: str
    pattern: str
    first: str
    second: str


_WORDS = "[a-z0-9]+(_[a-z0-9]+)*$"
STAMP_WITH_UNDERSCORE = Names(
    "YYYYMMDD_HHMMSS_descriptive_name", rf"^\d{{8}}_?\d{{6}}_{_WORDS}", "20251126_090000_", "20251203_141500_"
)
_STAMP = ("YYYYMMDDHHMMSS_descriptive_name", "20251126090000_", "20251203141500_")
_FLYWAY = Names(
    "V<version>__descriptive_name", r"^V\d+([._]\d+)*__[A-Za-z0-9]+(_[A-Za-z0-9]+)*$", "V7__", "V8__"
)


@record
class Found:
    """What was found. Paths count from the root of the repository.

    ``engine`` is '' when nothing shows it; ``folder`` is where commands are
    run, '' for the root; ``because`` says what showed the stack; ``others``
    are schemas and folders of migrations that were not taken.
    """

    orm: str
    engine: str
    runner: Runner
    schema: str
    migrations: str
    folder: str
    names: Names
    because: str
    others: tuple[str, ...] = ()


def find_stack(paths: Sequence[str], read: Read) -> Found:
    """Return the stack of a repository with these files (those that end in ``SUFFIXES``).

    A Prisma schema wins over SQL files; the one nearest to the root wins over
    others. Without either it is Prisma on SQLite, as in the shipped policy.
    """
    paths = [path for path in paths if not _MADE & set(path.split("/")[:-1])]
    schemas = _nearest(path for path in paths if path.rpartition("/")[2] == "schema.prisma")
    if schemas:
        return _prisma(schemas, paths, read)
    scripts = [path for path in paths if path.endswith(".sql")]
    folders = _nearest({path.rpartition("/")[0] for path in scripts if _is_migration(path)})
    if folders:
        return _plain(folders, scripts, read)
    because = "no schema and no migrations; the starter is for Prisma on SQLite"
    return Found(
        orm="prisma",
        engine="sqlite",
        runner=PRISMA,
        schema="prisma/schema.prisma",
        migrations="prisma/migrations",
        folder="",
        names=STAMP_WITH_UNDERSCORE,
        because=because,
    )


def _nearest(paths: Iterable[str]) -> list[str]:
    """Return the paths, the nearest to the root first."""
    return sorted(paths, key=lambda path: (path.count("/"), path))


def _is_migration(path: str) -> bool:
    folder = path.rpartition("/")[0]
    return path.endswith((".up.sql", ".down.sql")) or bool(re.search(r"(^|/)(migrations?|migrate)$", folder))


def _prisma(schemas: Sequence[str], paths: Sequence[str], read: Read) -> Found:
    schema, *others = schemas
    home = schema.rpartition("/")[0]
    folder = re.sub(r"(^|/)prisma(/schema)?$", "", home)
    locks = [path for path in paths if path.endswith("migration_lock.toml") and path.startswith(folder)]
    migrations = locks[0].rpartition("/")[0] if locks else f"{home}/migrations".lstrip("/")
    provider = _DATASOURCE.search(read(schema).decode("utf-8", "replace"))
    engine = _ENGINES.get(provider[1], "") if provider else ""
    inside = [path for path in paths if path.startswith(migrations + "/") and path.endswith(".sql")]
    return Found(
        orm="prisma",
        engine=engine,
        runner=PRISMA,
        schema=schema,
        migrations=migrations,
        folder=folder,
        names=_names({path.split("/")[-2] for path in inside}),
        because=f"a Prisma schema for {engine or 'an engine that Handrail does not know'} ({schema})",
        others=tuple(others),
    )


def _plain(folders: Sequence[str], scripts: Sequence[str], read: Read) -> Found:
    folder, *others = folders
    inside = [path for path in scripts if path.rpartition("/")[0] == folder]
    texts = [read(path).decode("utf-8", "replace") for path in inside[-LOOKED_AT:]]
    runner = _runner(inside, texts)
    dumps = [path for path in scripts if path.rpartition("/")[2] in ("schema.sql", "structure.sql")]
    engine = _engine(texts)
    name = "" if runner is PLAIN else f" for {runner.name}"
    return Found(
        orm="none",
        engine=engine,
        runner=runner,
        schema=_nearest(dumps)[0] if dumps else folder,
        migrations=folder,
        folder="",
        names=_names({_stem(path) for path in inside}),
        because=f"plain SQL migrations{name} ({folder}/)",
        others=tuple(others),
    )


def _runner(paths: Sequence[str], texts: Sequence[str]) -> Runner:
    if any(path.endswith(".up.sql") for path in paths):
        return GOLANG_MIGRATE
    if any("-- migrate:up" in text for text in texts):
        return DBMATE
    if any(re.match(r"V[0-9._]+__", path.rpartition("/")[2]) for path in paths):
        return FLYWAY
    return PLAIN


def _engine(texts: Sequence[str]) -> str:
    """Return the engine for which most signs speak, or ''."""
    counts = {
        engine: sum(len(re.findall(sign, text, re.IGNORECASE)) for text in texts)
        for engine, sign in _SIGNS.items()
    }
    best = max(counts, key=lambda engine: counts[engine])
    return best if counts[best] and list(counts.values()).count(counts[best]) == 1 else ""


def _stem(path: str) -> str:
    return re.sub(r"(\.(up|down))?\.sql$", "", path.rpartition("/")[2])


def _names(there: Iterable[str]) -> Names:
    """Return the form that most of the names have; without one, the form of the shipped policy."""
    forms = [form for form in map(_form, there) if form]
    return max(set(forms), key=lambda form: (forms.count(form), form)) if forms else STAMP_WITH_UNDERSCORE


def _form(name: str) -> Names | None:
    if re.match(r"\d{8}_\d{6}_", name):
        return STAMP_WITH_UNDERSCORE
    if re.match(r"V[0-9._]+__", name):
        return _FLYWAY
    number = re.match(r"(\d+)_", name)
    if not number:
        return None
    width = len(number[1])
    if width == 14:
        form, first, second = _STAMP
        return Names(form, rf"^\d{{14}}_{_WORDS}", first, second)
    if width < 3:  # numbers that grow longer: 9_, 10_
        return Names("N_descriptive_name", rf"^\d+_{_WORDS}", "7_", "8_")
    ahead = "7_".rjust(width + 1, "0"), "8_".rjust(width + 1, "0")
    return Names(f"{'N' * width}_descriptive_name", rf"^\d{{{width}}}_{_WORDS}", *ahead)
