"""Scratch databases on a server. Their names say whose they are, so that those of dead runs can go."""

import hashlib
import os
import platform
import re
import secrets
from contextlib import suppress

from handrail.adapters.postgresql.session import Refused, Session, literal, quoted
from handrail.adapters.workplace import is_gone, owner
from handrail.core.errors import HandrailError

_NAME = re.compile(r"handrail_([0-9a-f]{8})_(\d+_\d*_[0-9a-f-]*)_[0-9a-f]{8}")
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
        name = _new_name()
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


def _new_name() -> str:
    """Return a name that says who makes the database, from before it is there."""
    return f"handrail_{_here()}_{owner().replace('-', '_')}_{secrets.token_hex(4)}"


def _drop(session: Session, name: str) -> None:
    session.execute(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")


def drop_left_behind(session: Session) -> None:
    """Drop the scratch databases of runs on this machine that have ended without doing so."""
    for name, comment in session.rows(_DATABASES):
        if _is_left_behind(name, comment):
            with suppress(Refused):
                _drop(session, name)


def _is_left_behind(name: str, comment: str) -> bool:
    """Tell whether a database is ours and its owner is gone. In doubt it is not.

    Without a comment it is one whose owner was killed before it could write it.
    """
    made = _NAME.fullmatch(name)
    ours = made is not None and made[1] == _here() and comment in ("", _COMMENT)
    return ours and made is not None and is_gone(made[2].replace("_", "-"))


def _here() -> str:
    """Return what stands for this machine and the processes that are seen: a container sees its own."""
    try:
        seen = os.readlink("/proc/self/ns/pid")
    except OSError:
        seen = ""
    return hashlib.sha256(f"{platform.node()} {seen}".encode()).hexdigest()[:8]
