"""Statements run on a scratch database as a migration runner does it, and what each did to tables in use."""

import re
import time
from collections.abc import Iterable, Iterator

from handrail.adapters.postgresql.locks import (
    Effect,
    Locks,
    Tables,
    effect_of,
    known_effect,
    read_locks,
    read_rows_touched,
    read_tables,
)
from handrail.adapters.postgresql.session import Refused, Session
from handrail.core.database import StatementRun

_CONTROL = re.compile(
    r"(?:BEGIN|START\s+TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE\s+TRANSACTION)\b",
    re.IGNORECASE,
)
_NOT_INSIDE = ("25001", "2D000")
"""It cannot run in a transaction (CONCURRENTLY, VACUUM), or ends the one that it is in (a procedure)."""

_LIMITS = ("SET lock_timeout TO '10s'", "SET statement_timeout TO '1h'")
"""A copy of ours has no other users: who waits for a lock waits for a mistake."""


class Runner:
    """Runs statements in one session, as one run of a migration tool has one."""

    def __init__(self, session: Session, home: str) -> None:
        self._session = session
        self._home = home
        self._before: Tables = {}
        for setting in _LIMITS:
            session.execute(setting)

    def run(self, statements: Iterable[tuple[int, str]], *, transaction: bool) -> Iterator[StatementRun]:
        """Yield how each statement went; the first error ends it, and rolls back what is open."""
        last = 0
        if transaction:
            self._before = read_tables(self._session, self._home)
            self._session.execute("BEGIN")
        for last, text in statements:
            done = self._one(last, text)
            yield done
            if done.error:
                return
        if self._session.in_transaction:
            ended = self._whole(last, "COMMIT")
            if ended.error:
                yield ended

    def _one(self, line: int, text: str) -> StatementRun:
        if _CONTROL.match(text):
            done = self._whole(line, text)
            self._before = read_tables(self._session, self._home) if not done.error else {}
            return done
        if self._session.in_transaction:
            return self._inside(line, text)
        return self._alone(line, text)

    def _inside(self, line: int, text: str) -> StatementRun:
        """Run a statement in the transaction that is open."""
        held, now = read_locks(self._session), read_tables(self._session, self._home)
        touched = read_rows_touched(self._session)
        begun = time.perf_counter()
        try:
            self._session.execute(text)
            took = _since(begun)
            effect = self._effect(text, now, held, touched)
        except Refused as error:
            return StatementRun(line, text, _since(begun), error=str(error))
        return StatementRun(line, text, took, *effect)

    def _alone(self, line: int, text: str) -> StatementRun:
        """Run a statement in a transaction of its own, so that its locks can be seen before it ends."""
        self._before = read_tables(self._session, self._home)
        self._session.execute("BEGIN")
        touched = read_rows_touched(self._session)
        begun = time.perf_counter()
        try:
            self._session.execute(text)
            took = _since(begun)
            effect = self._effect(text, self._before, frozenset(), touched)
            begun = time.perf_counter()
            self._session.execute("COMMIT")
        except Refused as error:
            took = _since(begun)
            self._roll_back()
            if error.code in _NOT_INSIDE and not self._session.lost:
                return self._outside(line, text)
            return StatementRun(line, text, took, error=str(error))
        return StatementRun(line, text, took + _since(begun), *effect)

    def _outside(self, line: int, text: str) -> StatementRun:
        """Run a statement without a transaction of ours."""
        done = self._whole(line, text)
        if done.error:
            return done
        after = read_tables(self._session, self._home)
        effect = known_effect(self._session, text, self._before, after)
        return StatementRun(line, text, done.milliseconds, *effect)

    def _whole(self, line: int, text: str) -> StatementRun:
        begun = time.perf_counter()
        try:
            self._session.execute(text)
        except Refused as error:
            return StatementRun(line, text, _since(begun), error=str(error))
        return StatementRun(line, text, _since(begun))

    def _effect(self, text: str, now: Tables, held: Locks, touched: int) -> Effect:
        """Return what the statement did just now. Only tables that others can see count.

        Locks from before count as well where it reads or writes rows: others wait that long for them.
        """
        rows = max(
            0, read_rows_touched(self._session) - touched
        )  # a table that is dropped takes its count along
        after = read_tables(self._session, self._home)
        seen = {oid: table for oid, table in now.items() if oid in self._before}
        locks = read_locks(self._session)
        return effect_of(text, seen, after, locks if rows else locks - held)._replace(rows=rows)

    def _roll_back(self) -> None:
        if self._session.in_transaction and not self._session.lost:
            self._session.execute("ROLLBACK")


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 3)
