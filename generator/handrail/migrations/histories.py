"""The files of migrations -> migrations with their scripts, dialects and declarations."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.migrations.decoding import decode_script
from handrail.migrations.dialects import dialect_in_path, dialect_named, guess_dialect, provider_in
from handrail.migrations.layouts import LOCK, Found, find_files
from handrail.migrations.markers import forbids_transaction, forward_only, sections
from handrail.migrations.operations import Script
from handrail.migrations.quotes import Dialect

DEFAULT: Dialect = "postgresql"
"""How a script is read that says nothing of its dialect."""


class Migration(NamedTuple):
    """One migration of a history.

    ``folder`` holds the history, ``name`` is what its runner calls it; ``path``
    is that of the up script, ``down_path`` that of the file with the down
    script, '' where there is none; ``irreversible`` is the reason why it
    cannot be undone, where it says so; ``transaction`` is False when it tells its
    runner to open none.
    """

    name: str
    path: str
    dialect: Dialect
    up: Script
    down: Script | None = None
    down_path: str = ""
    irreversible: str = ""
    folder: str = ""
    transaction: bool = True


class Histories(NamedTuple):
    """The migrations of one or more histories, each in its order, and what there is to say of their files."""

    migrations: tuple[Migration, ...]
    findings: tuple[Finding, ...]


def read_migrations(
    paths: Iterable[str],
    read: Callable[[str], bytes],
    given: Dialect | None = None,
    engine: Dialect | None = None,
    default: Dialect = DEFAULT,
) -> Histories:
    """Return the migrations among ``paths``, with their texts.

    ``read`` returns the bytes of a path and may raise ``HandrailError``.
    ``given`` is the dialect that somebody asked for, ``engine`` the one of the
    policy, which counts where neither a lock file nor a folder names another;
    ``default`` counts where the scripts do not tell either.
    """
    paths = tuple(paths)
    found, findings = find_files(paths)
    reader = _Reader(frozenset(paths), read, given, engine, default)
    migrations = tuple(
        each
        for folder, group in groupby(found, key=lambda one: one.folder)
        for each in reader.history(folder, tuple(group))
    )
    return Histories(migrations, (*findings, *reader.findings))


class _Texts(NamedTuple):
    """A migration with the texts of its two directions."""

    found: Found
    up: str
    down: str | None
    down_path: str
    transaction: bool


class _Reader:
    def __init__(
        self,
        paths: frozenset[str],
        read: Callable[[str], bytes],
        given: Dialect | None,
        engine: Dialect | None,
        default: Dialect,
    ) -> None:
        self._paths = paths
        self._read = read
        self._given = given
        self._engine = engine
        self._default = default
        self.findings: list[Finding] = []

    def history(self, folder: str, found: tuple[Found, ...]) -> Iterator[Migration]:
        """Yield the migrations of one history."""
        texts = [each for each in map(self._texts, found) if each is not None]
        if not texts:
            return
        dialect = self._dialect(folder, texts)
        if dialect is not None:
            for each in texts:
                yield self._migration(each, dialect)

    def _text(self, path: str) -> str | None:
        text, found = decode_script(path, self._read(path))
        self.findings += found
        return text

    def _texts(self, found: Found) -> _Texts | None:
        text = self._text(found.up)
        if text is None:
            return None
        transaction = not forbids_transaction(text)
        if found.down:
            return _Texts(found, text, self._text(found.down), found.down, transaction)
        parts = sections(text)
        if parts is None or parts.down is None:
            return _Texts(found, parts.up if parts else text, None, "", transaction)
        return _Texts(found, parts.up, parts.down, found.up, transaction)

    def _migration(self, texts: _Texts, dialect: Dialect) -> Migration:
        found, down_path = texts.found, texts.down_path
        return Migration(
            name=found.name,
            path=found.up,
            dialect=dialect,
            up=Script(found.up, texts.up),
            down=None if texts.down is None else Script(down_path, texts.down),
            down_path=down_path,
            irreversible=self._reason(found.up, texts.up) or self._reason(down_path, texts.down or ""),
            folder=found.folder,
            transaction=texts.transaction,
        )

    def _reason(self, path: str, text: str) -> str:
        declared = forward_only(text)
        if declared is None:
            return ""
        if not declared.reason:
            message = "A migration is declared irreversible without a reason: the declaration does not count"
            hint = "Write why, and how the data would be restored: -- irreversible: REASON"
            self.findings.append(
                Finding("migration.no-reason", message, Location(path, declared.line), "warning", hint)
            )
        return declared.reason

    def _dialect(self, folder: str, texts: list[_Texts]) -> Dialect | None:
        """Return the dialect of a history, None for an engine that nobody reads."""
        if self._given is not None:
            return self._given
        lock = f"{folder}/{LOCK}" if folder else LOCK
        if lock in self._paths:
            provider = provider_in(self._text(lock) or "")
            if provider and dialect_named(provider) is None:
                message = f"The provider {provider} is none that Handrail reads: its migrations are not read"
                self.findings.append(Finding("migration.dialect-unknown", message, Location(lock)))
                return None
            if provider:
                return dialect_named(provider)
        return dialect_in_path(folder) or self._engine or self._guessed(texts)

    def _guessed(self, texts: list[_Texts]) -> Dialect:
        dialect, sign = guess_dialect(each.up for each in texts)
        hint = "Say which it is: handrail classify --dialect, or the engine in the policy."
        where = Location(texts[0].found.up)
        if dialect is None:
            message = f"Nothing tells the dialect of these migrations: they are read as {self._default}"
            self.findings.append(Finding("migration.dialect-unknown", message, where, "warning", hint))
            return self._default
        message = f"These migrations are taken for {dialect}: {sign} is among them"
        self.findings.append(Finding("migration.dialect-guessed", message, where, "note", hint))
        return dialect
