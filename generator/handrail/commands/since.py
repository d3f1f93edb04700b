"""What happened to a history since a revision."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from handrail.core.finding import Finding, sorted_findings
from handrail.migrations.histories import Histories, Migration, read_migrations
from handrail.migrations.history import find_changed_past, find_overtaken
from handrail.migrations.layouts import place_of
from handrail.migrations.operations import Operation, Script
from handrail.ports import Repository


class Since(NamedTuple):
    """The histories with what was found in their past; the paths that are new; operations by path."""

    histories: Histories
    new: frozenset[str]
    operations: Mapping[str, Sequence[Operation]]


def compare_with_base(
    repository: Repository,
    revision: str,
    histories: Histories,
    asked: Collection[str],
    tip: str = "",
    home: str = "",
) -> Since:
    """Return which migrations are new since a revision, and what was done to those that are not.

    A migration that was edited counts as new: it is classified again. One that
    is gone gets an empty place in its history, so that its level shows. What
    ``tip`` has got since ``revision`` must sort before what is new here. Below
    ``home`` no history may be gone as a whole, as when its folder was renamed.
    """
    findings: list[Finding] = []
    new: set[str] = set()
    gone: list[Migration] = []
    before = _migrations_at(repository, revision, home) if home else ()
    for folder in dict.fromkeys(each.folder for each in (*histories.migrations, *before)):
        head = {each.path: _digest(each) for each in histories.migrations if each.folder == folder}
        known = home and f"{place_of(folder)}/".startswith(f"{home}/")
        base = _digests(before if known else _migrations_at(repository, revision, place_of(folder)), folder)
        found = find_changed_past(base, head)
        if tip:
            there = _digests(_migrations_at(repository, tip, place_of(folder)), folder)
            found += find_overtaken(
                [path for path in there if path not in base and path not in head],
                [path for path in head if path not in base],
            )
        findings += found
        new |= {path for path, digest in head.items() if base.get(path) != digest and path in asked}
        gone += _gone(found, folder, histories.migrations)
    operations: dict[str, list[Operation]] = {}
    for each in findings:
        operation = Operation(each.code, facts=(f"{each.message}.",))
        operations.setdefault(each.location.path, []).append(operation)
    together = Histories((*histories.migrations, *gone), sorted_findings((*histories.findings, *findings)))
    return Since(together, frozenset(new | {each.path for each in gone}), operations)


def _digests(was: Iterable[Migration], folder: str) -> dict[str, str]:
    """Return path -> digest of those migrations that are of a folder."""
    return {each.path: _digest(each) for each in was if each.folder == folder}


def _migrations_at(repository: Repository, revision: str, place: str) -> tuple[Migration, ...]:
    """Return the migrations below a folder as they were."""
    there = repository.files_at(revision, place)
    inside = {path: raw for path, raw in there.items() if not place or path.startswith(f"{place}/")}
    return read_migrations(inside, inside.__getitem__, given="postgresql").migrations


def _digest(migration: Migration) -> str:
    return blake2b(migration.up.text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _gone(found: Iterable[Finding], folder: str, there: Sequence[Migration]) -> Iterator[Migration]:
    paths = {each.path for each in there}
    for each in found:
        path = each.location.path
        if each.code == "history.deleted" and path not in paths:
            dialect = next((one.dialect for one in there if one.folder == folder), there[0].dialect)
            name = path.removeprefix(f"{place_of(folder)}/")
            yield Migration(name, path, dialect, Script(path, ""), folder=folder, irreversible="It is gone.")
