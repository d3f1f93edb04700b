"""A new file, written whole or not at all: nothing is ever written over.

It is made in a private folder beside its place. The name of that folder says
whose it is, so that the next run removes what a killed one left behind.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from handrail.adapters.workplace import is_gone, owner
from handrail.core.errors import HandrailError

_MARK = ".handrail-part-"
_HINT = "Name a new file: nothing is written over."


@contextmanager
def new_file(path: str) -> Iterator[str]:
    """Yield the path of a draft that is not there yet; when the block ends well it becomes ``path``.

    What others may read of it is nothing: mode 0600. Raises ``HandrailError`` when
    ``path`` is there already, or cannot be written.
    """
    try:
        with _folder_beside(path) as folder:
            draft = os.path.join(folder, os.path.basename(path))
            yield draft
            _publish(draft, path)
    except FileExistsError:
        raise HandrailError(f"{path} is there already", _HINT) from None
    except OSError as error:
        raise HandrailError(f"{path}: {(error.strerror or str(error)).lower()}") from None


@contextmanager
def _folder_beside(path: str) -> Iterator[str]:
    if os.path.lexists(path):
        raise FileExistsError
    home = os.path.dirname(os.path.abspath(path))
    remove_left_behind(home)
    folder = _free(os.path.join(home, f"{_MARK}{owner()}"))
    os.mkdir(folder, 0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free(path: str) -> str:
    """Return a name that is not taken: one run may write a file while it writes another."""
    number = 0
    while os.path.lexists(f"{path}-{number}"):
        number += 1
    return f"{path}-{number}"


def remove_left_behind(folder: str) -> None:
    """Remove drafts in a folder whose run was killed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            if (
                each.name.startswith(_MARK)
                and each.is_dir(follow_symlinks=False)
                and is_gone(each.name.removeprefix(_MARK))
            ):
                shutil.rmtree(each.path, ignore_errors=True)


def _publish(draft: str, path: str) -> None:
    os.chmod(draft, 0o600)
    with open(draft, "rb+") as file:
        os.fsync(file.fileno())
    _move(draft, path)
    _settle(os.path.dirname(os.path.abspath(path)))


def _move(draft: str, path: str) -> None:
    """Give a file its name. A link, unlike a rename, never replaces what came meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(draft, path)


def _settle(folder: str) -> None:
    """See that the name of a file outlives a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
