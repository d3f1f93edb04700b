"""What a database says was applied to it, against the migrations in the repository.

Each runner keeps a table of its own. Prisma: a row for each attempt, with the SHA-256 of the script
(``checksum.rs`` of prisma-engines). Flyway: a row for each script, with a CRC-32 of its lines
(``ChecksumCalculator.java``). golang-migrate: one row, the version that was reached and whether it is dirty.
goose: a row for each step up or down, by version; dbmate and others: a row for each version. Only Prisma's
was measured here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple
from zlib import crc32

from handrail.migrations.histories import Migration

State = Literal["done", "failed", "rolled back"]
Keeps = Literal["Prisma", "Flyway", "golang-migrate", "goose", "dbmate"]
Code = Literal["failed", "edited", "unknown", "overtaken"]

_VERSION = re.compile(r"[A-Za-z]?(\d+(?:[._]\d+)*)")


class Row(NamedTuple):
    """One migration as a runner remembers it: its name there, and its script's checksum ('' for none)."""

    name: str
    state: State
    checksum: str = ""


class Ledger(NamedTuple):
    """The table of a runner, read. ``upto`` is the version up to which all counts as applied, '' for none."""

    runner: Keeps
    table: str
    rows: tuple[Row, ...]
    upto: str = ""


class Difference(NamedTuple):
    """What is wrong between database and repository: about which migration, its path ('' for none here)."""

    code: Code
    name: str
    path: str = ""


class Standing(NamedTuple):
    """Where a database stands: what is still to come, what is wrong, and what was marked as rolled back."""

    pending: tuple[Migration, ...]
    differences: tuple[Difference, ...]
    rolled_back: tuple[str, ...] = ()


def compare_applied(
    ledger: Ledger, migrations: Sequence[Migration], read: Callable[[str], bytes]
) -> Standing:
    """Return where a database stands in the history of ``migrations``, which are in the order they run in.

    ``read`` returns the bytes of a path. What a later run would skip or do out of
    order is a difference, as is a script that is not the one that was applied.
    """
    rows = {row.name: row for row in ledger.rows}
    names = {each.path: _name_in(ledger.runner, each) for each in migrations}
    done = {name for name, row in rows.items() if row.state == "done"}
    if ledger.upto:
        reached = numbers(ledger.upto)
        done |= {name for name in names.values() if () < version_in(ledger.runner, name) <= reached}
    again = {each.path for each in migrations if _runs_again(ledger, each, rows, read)}
    waiting = [each for each in migrations if names[each.path] not in done or each.path in again]
    pending = tuple(each for each in waiting if _state(rows, names[each.path]) != "failed")
    found = [
        *_failed(ledger, migrations, names),
        *_edited(ledger, migrations, names, rows, read),
        *_unknown(ledger, names.values()),
        *_overtaken(migrations, names, done, [each for each in pending if each.path not in again]),
    ]
    back = tuple(row.name for row in ledger.rows if row.state == "rolled back")
    return Standing(pending, tuple(found), back)


def _name_in(runner: Keeps, migration: Migration) -> str:
    """Return what a runner calls a migration in its table."""
    if runner == "Prisma":
        return migration.name
    if runner == "Flyway":
        return migration.path.rpartition("/")[2]
    found = _VERSION.match(migration.name)
    version = found[1] if found else migration.name
    return version.lstrip("0") or "0" if runner in ("golang-migrate", "goose") else version


def version_in(runner: Keeps, name: str) -> tuple[int, ...]:
    """Return the version in a name of a runner's table as numbers, () where there is none."""
    return numbers(name.partition("__")[0] if runner == "Flyway" else name)


def numbers(text: object) -> tuple[int, ...]:
    """Return the numbers in a version, to compare."""
    return tuple(int(part) for part in re.findall(r"\d+", str(text)))


def _state(rows: Mapping[str, Row], name: str) -> str:
    return rows[name].state if name in rows else ""


def _is_repeatable(migration: Migration) -> bool:
    return migration.path.rpartition("/")[2].startswith("R__")


def _runs_again(
    ledger: Ledger, migration: Migration, rows: Mapping[str, Row], read: Callable[[str], bytes]
) -> bool:
    """Tell whether it is one of Flyway's that run again whenever they changed."""
    if ledger.runner != "Flyway" or not _is_repeatable(migration):
        return False
    row = rows.get(_name_in("Flyway", migration))
    return row is not None and row.checksum not in _sums("Flyway", read(migration.path))


def _failed(
    ledger: Ledger, migrations: Iterable[Migration], names: Mapping[str, str]
) -> Iterator[Difference]:
    paths = {names[each.path]: each for each in migrations}
    for row in ledger.rows:
        if row.state == "failed":
            here = paths.get(row.name)
            yield Difference("failed", here.name if here else row.name, here.path if here else "")


def _edited(
    ledger: Ledger,
    migrations: Iterable[Migration],
    names: Mapping[str, str],
    rows: Mapping[str, Row],
    read: Callable[[str], bytes],
) -> Iterator[Difference]:
    for each in migrations:
        row = rows.get(names[each.path])
        if row is None or row.state != "done" or not row.checksum or _is_repeatable(each):
            continue
        if row.checksum not in _sums(ledger.runner, read(each.path)):
            yield Difference("edited", each.name, each.path)


def _unknown(ledger: Ledger, here: Iterable[str]) -> Iterator[Difference]:
    known = set(here)
    for row in ledger.rows:
        if row.state == "done" and row.name not in known:
            yield Difference("unknown", row.name)


def _overtaken(
    migrations: Sequence[Migration],
    names: Mapping[str, str],
    done: set[str],
    pending: Iterable[Migration],
) -> Iterator[Difference]:
    """Yield what is pending and sorts before something that was applied."""
    last = max((number for number, each in enumerate(migrations) if names[each.path] in done), default=-1)
    before = {each.path for each in migrations[: last + 1]}
    for each in pending:
        if each.path in before and not _is_repeatable(each):
            yield Difference("overtaken", each.name, each.path)


def _sums(runner: Keeps, raw: bytes) -> frozenset[str]:
    """Return the checksums under which a runner takes a script for the same."""
    if runner == "Flyway":
        return frozenset((_flyway_sum(raw),))
    unix = raw.replace(b"\r\n", b"\n")
    digests = [sha256(each) for each in (raw, unix, unix.replace(b"\n", b"\r\n"))]
    short = ("".join(f"{byte:x}" for byte in each.digest()) for each in digests)  # as Prisma 2.x wrote it
    return frozenset((*(each.hexdigest() for each in digests), *short))


def _flyway_sum(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    total = 0
    for line in re.split(r"\r\n|\r|\n", text):
        total = crc32(line.encode(), total)
    return str(total - (1 << 32) if total >= 1 << 31 else total)
