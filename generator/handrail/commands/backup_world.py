"""What ``handrail backup`` works with: its ports, and what is asked of a database on either side."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from handrail.commands.runner_history import ledger_of
from handrail.commands.validate import usable_policy
from handrail.core.backup import Seen
from handrail.migrations.quotes import Dialect
from handrail.policy.model import Policy
from handrail.policy.rulebook import FOLDER
from handrail.ports import Clock, DatabaseCopy, Files, Progress, Workshop
from handrail.rehearsal.backup_judge import Opened
from handrail.rehearsal.look import look_at

_MARKS = ("application_id", "user_version")


class BackupFiles(Protocol):
    """Backup files, and the notes beside them: anywhere on the machine.

    Every method may raise ``HandrailError`` that names the path and the reason.
    """

    def seen(self, path: str, database: str) -> Seen:
        """Return what a file shows from outside, beside the database file ('' for none) that it may be of."""
        ...

    def place(self, folder: str, name: str) -> str:
        """Return the path of a new file in a folder that only we may read; it is made where there is none."""
        ...

    def new(self, path: str) -> AbstractContextManager[str]:
        """Yield the path of a draft; when the block ends well, it becomes the new file ``path``."""
        ...

    def save(self, path: str, text: str) -> None:
        """Write a new file, whole or not at all."""
        ...

    def read_or_none(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None when there is no such file."""
        ...


class BackupWorld(NamedTuple):
    """The ports.

    ``open_workshop`` takes a dialect and an address or ''; of ``seconds`` only differences count.
    """

    files: Files
    backups: BackupFiles
    open_workshop: Callable[[Dialect, str], AbstractContextManager[Workshop]]
    progress: Progress
    clock: Clock
    seconds: Callable[[], float]


def opened(database: DatabaseCopy, engine: str, identity: str = "") -> Opened:
    """Read all of a database: every row once, and what tells it from others."""
    look = look_at(database)
    return Opened(look, identity, marks_of(database, engine), ledger_of(database, engine))


def marks_of(database: DatabaseCopy, engine: str) -> Mapping[str, int]:
    """Return the numbers that an application writes into a SQLite file."""
    if engine != "sqlite":
        return {}
    return {name: int(database.query(f"PRAGMA {name}")[0][0]) for name in _MARKS}


def policy_of(files: Files) -> Policy | None:
    """Return the policy, None where there is none. Raises ``HandrailError`` where it cannot be read."""
    if not files.is_folder(FOLDER) or not files.find(FOLDER, (".yaml", ".yml")):
        return None
    return usable_policy(files)
