"""Files that come with Handrail: in the wheel, or in the checkout it runs from."""

import os

from handrail.core.errors import HandrailError

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Resources:
    """``ports.Shipped``."""

    def __init__(self) -> None:
        shipped = os.path.join(_PACKAGE, "shipped")
        checkout = os.path.dirname(os.path.dirname(_PACKAGE))
        self.root = shipped if os.path.isdir(shipped) else checkout

    def find(self, folder: str) -> tuple[str, ...]:
        """Return the shipped files below ``folder``, sorted, with the folder's name."""
        found: list[str] = []
        top = os.path.join(self.root, folder)
        for place, folders, names in os.walk(top):
            folders.sort()
            inside = os.path.relpath(place, self.root).replace(os.sep, "/")
            found.extend(f"{inside}/{name}" for name in names)
        return tuple(sorted(found))

    def read(self, path: str) -> bytes:
        """Return the bytes of a shipped file."""
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                return file.read()
        except OSError as error:
            message = f"the installation of Handrail is damaged: {path} cannot be read ({error.strerror})"
            raise HandrailError(message, "Install it again: pip install --force-reinstall handrail") from None
