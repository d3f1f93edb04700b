"""Scratch databases on a server. Their names say whose they are, so that those of dead runs can go."""

from contextlib import suppress

from handrail.adapters.postgresql.session import Refused, Session, literal, quoted
from handrail.adapters.scratch_names import is_left_behind, new_name
from handrail.core.errors import HandrailError

_COMMENT = "A scratch database of handrail, which drops it: nothing in it is kept."
_DATABASES = r"""
SELECT d.datname, coalesce(shobj_description(d.oid, 'pg_database'), '')
FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
WHERE d.datname LIKE 'handrail\_%' AND pg_has_role(r.oid, 'MEMBER')"""


class Databases:
    """The scratch databases of this run on a server. ``keeper`` is a session of another database there."""

    def __init__(self, keeper: Session) -> None:
        self.keeper = keeper
        self._names: list[str] = []

    def create(self, words: str = "") -> str:
        """Make a database and say in its comment whose it is; ``words`` are further ones of the statement."""
        name = new_name()
        self._names.append(name)
        self.keeper.execute(f"CREATE DATABASE {quoted(name)} {words}")
        self.keeper.execute(f"COMMENT ON DATABASE {quoted(name)} IS {literal(_COMMENT)}")
        return name

    def copy(self, name: str) -> str:
        """Make a database like one of ours, whose users are sent away; return its name."""
        self.keeper.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        return self.create(f"TEMPLATE {quoted(name)}")

    def drop(self, name: str) -> None:
        """Drop a database of ours, whoever is connected to it."""
        _drop(self.keeper, name)
        self._names.remove(name)

    def drop_all(self) -> None:
        """Drop what is left, as far as the server can be reached."""
        for name in tuple(self._names):
            with suppress(HandrailError):
                self.drop(name)


def _drop(session: Session, name: str) -> None:
    session.execute(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")


def drop_left_behind(session: Session) -> None:
    """Drop the scratch databases of runs on this machine that have ended without doing so.

    Without a comment it is one whose owner was killed before it could write it.
    """
    for name, comment in session.rows(_DATABASES):
        if comment in ("", _COMMENT) and is_left_behind(name):
            with suppress(Refused):
                _drop(session, name)
