"""A folder of the user's, outside of every repository, for what can be made anew.

Compiled templates lie in it, which Python runs: so it must not be a folder
that comes with somebody's repository.
"""

import os
import sys
from contextlib import suppress
from hashlib import blake2b

_SIZE = 16


class UserCache:
    """``ports.Cache`` for the repository at ``root``. Without a place to write it stays empty."""

    def __init__(self, root: str) -> None:
        name = blake2b(os.path.realpath(root).encode("utf-8", "surrogateescape"), digest_size=12)
        tag = sys.implementation.cache_tag or "python"
        self.path = os.path.join(_folder(), f"{name.hexdigest()}.{tag}")

    def load(self) -> bytes:
        """Return what was saved last, or b"" when there is nothing or it is damaged."""
        try:
            with open(self.path, "rb") as file:
                total, data = file.read(_SIZE), file.read()
        except OSError:
            return b""
        return data if total == _total(data) else b""

    def save(self, data: bytes) -> None:
        """Keep ``data`` in place of what was there. A cache that cannot be written is none."""
        draft = f"{self.path}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            with open(draft, "wb") as file:
                file.write(_total(data) + data)
            os.replace(draft, self.path)


def _total(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()


def _folder() -> str:
    """Return the folder that HANDRAIL_CACHE names, or the one of this system."""
    own = os.environ.get("HANDRAIL_CACHE")
    if own:
        return own
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "handrail")
