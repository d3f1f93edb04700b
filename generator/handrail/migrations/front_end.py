"""What a front end is: one dialect, one file, this interface."""

from typing import NamedTuple, Protocol

from handrail.migrations.operations import Script, Step
from handrail.migrations.tables import Catalog


class Runner(NamedTuple):
    """How scripts are applied.

    ``transaction``: inside one that the runner opens. ``foreign_keys``: whether
    SQLite enforces them on the runner's connection.
    """

    transaction: bool = False
    foreign_keys: bool = True


class Saved(NamedTuple):
    """The state of a front end: the catalog, the next uid, and a database's own image where there is one."""

    catalog: Catalog
    next_uid: int = 1
    image: bytes = b""


class FrontEnd(Protocol):
    """Reads the scripts of one history, one after the other."""

    @property
    def catalog(self) -> Catalog:
        """The schema after the scripts applied so far."""
        ...

    def apply(self, script: Script) -> Step:
        """Apply the next script.

        It never raises: what cannot be read is in ``Step.unread``, with an
        operation ``statement.opaque``, and the rest of the script is read.
        """
        ...

    def save(self) -> Saved:
        """Return the state, to go on from later."""
        ...

    def load(self, state: Saved) -> None:
        """Go on from a state that ``save`` returned."""
        ...
