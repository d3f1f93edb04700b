"""The folder of one drill: what stands for the clone, and its terminals."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count

from handrail.adapters.processes import end_groups
from handrail.adapters.terminal import BashTerminal


class GroundFolder:
    """``work`` below ``folder`` is where a runbook is followed; the rest is ours."""

    def __init__(self, folder: str, names: Mapping[str, str], client: str) -> None:
        """``names`` are the variables of its terminals, ``client`` is the command that takes SQL."""
        self.folder, self._names, self._client = folder, names, client
        self._work = os.path.join(folder, "work")
        self._numbers = count(1)

    def inside(self, path: str) -> str:
        """Return where a path of the clone is."""
        return os.path.join(self._work, path)

    def spare(self) -> str:
        """Return the path of a file that is not there yet."""
        return os.path.join(self.folder, f"spare-{next(self._numbers)}")

    def lay(self, path: str, data: bytes) -> None:
        """Write a file of the clone."""
        place = self.inside(path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)

    def terminal(self) -> BashTerminal:
        """Return a new terminal, open until the ground is left."""
        hidden = os.path.join(self.folder, f"terminal-{next(self._numbers)}")
        return BashTerminal(self._work, hidden, self._names, self._client)


@contextmanager
def new_folder(path: str, names: Mapping[str, str], client: str) -> Iterator[GroundFolder]:
    """Yield the folder of a ground at ``path``. It goes at the end, with what its terminals left running."""
    os.makedirs(os.path.join(path, "work"))
    folder = GroundFolder(path, names, client)
    try:
        yield folder
    finally:
        end_groups(path)
        shutil.rmtree(path, ignore_errors=True)
