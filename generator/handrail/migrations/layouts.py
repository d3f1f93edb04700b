"""Which migrations a list of paths holds: how tools lay them out in folders."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from posixpath import basename, dirname
from typing import Literal, NamedTuple

from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.migrations.dialects import NAMES

LOCK = "migration_lock.toml"

SUFFIXES = (".sql", ".SQL", LOCK, ".php", ".py", ".rb", ".js", ".ts", ".go", ".cs", ".java")
"""How the names of files end that ``find_files`` wants to see."""

Layout = Literal["folder", "pair", "flyway", "repeatable", "plain"]


class Found(NamedTuple):
    """The files of one migration. ``folder`` holds the history that it belongs to; ``down`` may be ''.

    Where the files of one folder name dialects, each has a history of its own, and ``folder`` ends in
    ``/*.mysql``. A script that names none is a step of all that have no own one.
    """

    folder: str
    name: str
    up: str
    down: str = ""
    layout: Layout = "plain"


_HIDDEN = re.compile(r"(?:^|/)\.(?!\.?(?:/|$))")
_FLYWAY = re.compile(r"(?P<kind>[VB])(?P<version>\d[\d._]*)__(?P<words>.*)|R__(?P<again>.+)", re.IGNORECASE)
_WAY = re.compile(r"(?P<stem>.+)(?P<sign>[._-])(?P<way>up|down|undo|rollback|revert)", re.IGNORECASE)
_POSTGRATOR = re.compile(r"(?P<version>\d+)\.do(?P<words>(?:\..*)?)", re.IGNORECASE)
_UNDO = re.compile(r"u(?P<flyway>\d[\d._]*)__.*|(?P<number>\d+)\.undo(?:\..*)?")
_OF_DIALECT = re.compile(rf"(?P<stem>.+?)\.(?P<dialect>{'|'.join(NAMES)})(?P<end>(?:\.[a-z]+){{0,2}}\.sql)")
_AUTOCOMMIT = ".autocommit"
_PROGRAM = re.compile(r"[Vv]?\d+[\w.-]*\.(?:php|py|rb|js|ts|go|cs|java)")
_DIGITS = re.compile(r"(\d+)")


def find_files(paths: Iterable[str]) -> tuple[tuple[Found, ...], tuple[Finding, ...]]:
    """Return the migrations among ``paths``, by history and in the order they run in, and what is odd.

    Only names are looked at. A layout with more than one file for a migration
    (``migration.sql`` and ``down.sql``) takes the files beside it; what it does
    not run is a finding, as is a step that is a program.
    """
    folders: dict[str, list[str]] = defaultdict(list)
    for path in sorted(set(paths)):
        if not _HIDDEN.search(path):
            folders[dirname(path)].append(basename(path))
    found: list[Found] = []
    findings: list[Finding] = []
    for folder, names in folders.items():
        here = {name.lower(): name for name in names if name.lower().endswith(".sql")}
        own = _one_migration(folder, here)
        taken = _each_dialect(folder, here) if own is None else [own]
        found += taken
        findings += _left(folder, names, taken)
    numbered = {each.folder for each in found if each.layout == "pair" or _is_counted(each)}
    ordered = sorted(found, key=lambda each: _order(each, by_number=each.folder in numbered))
    return tuple(ordered), tuple(findings)


def _one_migration(folder: str, here: dict[str, str]) -> Found | None:
    """Return the migration that a folder is, as with Prisma (migration.sql) and diesel (up.sql)."""
    up = here.get("migration.sql") or here.get("up.sql")
    if up is None or not folder:
        return None
    down = here.get("down.sql", "")
    return Found(dirname(folder), basename(folder), _join(folder, up), _join(folder, down), "folder")


def place_of(history: str) -> str:
    """Return the folder that a history lies in: its own name, without the dialect that files name."""
    place, _, last = history.rpartition("/")
    return place if last.startswith("*.") else history


def _each_dialect(folder: str, here: dict[str, str]) -> list[Found]:
    """Return the migrations of a folder that holds many, one history after the other."""
    found = []
    for dialect, files in _by_dialect(here).items():
        history = _join(folder, f"*.{dialect}") if dialect else folder
        found += [each._replace(folder=history) for each in _pairs(folder, files)]
    return found


def _by_dialect(here: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return the files of each dialect that names say, under their names without it; '' for no dialect."""
    named = {low: of for low in here if (of := _OF_DIALECT.fullmatch(low))}
    if not named:
        return {"": here}
    shared = {low.replace(_AUTOCOMMIT, ""): real for low, real in here.items() if low not in named}
    made: dict[str, dict[str, str]] = {}
    for low, of in named.items():
        dialect = "cockroach" if of["dialect"].startswith("cockroach") else NAMES[of["dialect"]]
        files = made.setdefault(dialect, dict(shared))
        files[f"{of['stem']}{of['end']}".replace(_AUTOCOMMIT, "")] = here[low]
    return made


def _pairs(folder: str, here: dict[str, str]) -> list[Found]:
    """Return the migrations of a folder that holds many."""
    stems = {name[: -len(".sql")]: real for name, real in here.items()}
    ups = {stem: _up_of(stem, stems) for stem in stems}
    downs = {up: stems[stem] for stem, up in reversed(ups.items()) if up}
    return [_named(folder, real, downs.get(stem, "")) for stem, real in stems.items() if ups[stem] is None]


def _up_of(stem: str, stems: dict[str, str]) -> str | None:
    """Return the up script that a down script belongs to, '' when it is missing; None for no down script."""
    undo = _UNDO.fullmatch(stem)
    if undo:
        mark = f"v{undo['flyway']}__" if undo["flyway"] else f"{undo['number']}.do."
        return next((each for each in stems if f"{each}.".startswith(mark)), "")
    way = _WAY.fullmatch(stem)
    if way is None or way["way"] == "up":
        return None
    up = f"{way['stem']}{way['sign']}up"
    if up in stems or way["stem"] in stems:
        return up if up in stems else way["stem"]
    # add_drop_down.sql is a name, 1_add.down.sql is a down script without its up script.
    return "" if way["sign"] == "." else None


def _named(folder: str, up: str, down: str) -> Found:
    stem = up[: -len(".sql")]
    flyway, way = _FLYWAY.fullmatch(stem), _WAY.fullmatch(stem)
    layout: Layout = "plain"
    numbered = _POSTGRATOR.fullmatch(stem)
    if flyway:
        layout = "repeatable" if flyway["again"] else "flyway"
    elif numbered:
        stem, layout = numbered["version"] + numbered["words"], "pair"
    elif way and (way["sign"] == "." or down):
        stem, layout = way["stem"], "pair"
    return Found(folder, stem, _join(folder, up), _join(folder, down), layout)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and name else name


def _left(folder: str, names: list[str], taken: list[Found]) -> Iterator[Finding]:
    """Say what was not taken for a migration."""
    used = {path for each in taken for path in (each.up, each.down)}
    scripts = (name for name in names if name.lower().endswith(".sql"))
    for name in scripts:
        path = _join(folder, name)
        if path in used:
            continue
        if taken and taken[0].layout == "folder":
            message = f"{name} belongs to no migration: the runner reads only {basename(taken[0].up)} here"
            yield Finding("migration.ignored", message, Location(path), "note")
        else:
            message = f"{name} undoes a migration that is not here"
            yield Finding("migration.down-alone", message, Location(path), "warning")
    programs = [name for name in names if _PROGRAM.fullmatch(name)]
    if programs:
        more = f" and {len(programs) - 1} more are programs" if len(programs) > 1 else " is a program"
        message = f"{programs[0]}{more}: nobody reads what steps in a program do to the database"
        where = Location(_join(folder, programs[0]))
        yield Finding("migration.program", message, where, "warning", "Have a person judge them.")


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts numbers in a name by their value: V2 before V10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(name) if part)


def _order(found: Found, *, by_number: bool) -> tuple[str, int, tuple[tuple[int, str], ...], str]:
    """Return the place of a migration: by history, repeatable ones last, by number where tools do so."""
    if found.layout == "flyway":
        version = found.name[1:].split("__", 1)[0]
        numbers = tuple((int(part), "") for part in _DIGITS.findall(version))
        return found.folder, 0, numbers, found.name
    if found.layout == "folder" and basename(found.up).lower() == "up.sql":
        # diesel takes what is before the first underscore, without its dashes, for the version
        return found.folder, 0, (), found.name.partition("_")[0].replace("-", "") + "_" + found.name
    by_number = by_number or (found.layout == "plain" and not _is_stamped(found.name))
    return (
        found.folder,
        int(found.layout == "repeatable"),
        natural(found.name) if by_number and found.layout in ("pair", "plain") else (),
        found.name,
    )


def _is_counted(found: Found) -> bool:
    """Tell whether a file has a short number: then 1_init runs before 20251126_b."""
    return found.layout == "plain" and found.name[:1].isdecimal() and not _is_stamped(found.name)


def _is_stamped(name: str) -> bool:
    number = _DIGITS.match(name)
    return number is not None and len(number[1]) >= len("20251126")
