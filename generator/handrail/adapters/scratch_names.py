"""Names of scratch databases on a server of the user's: they say whose they are."""

import hashlib
import os
import platform
import re
import secrets

from handrail.adapters.workplace import is_gone, owner

_NAME = re.compile(r"handrail_([0-9a-f]{8})_(\d+_\d*_[0-9a-f-]*)_[0-9a-f]{8}")


def new_name() -> str:
    """Return a name that tells the run that makes a database, from before it is there."""
    return f"handrail_{_here()}_{owner().replace('-', '_')}_{secrets.token_hex(4)}"


def is_left_behind(name: str) -> bool:
    """Tell whether a database was made by a run on this machine that has ended. In doubt it was not."""
    made = _NAME.fullmatch(name)
    return made is not None and made[1] == _here() and is_gone(made[2].replace("_", "-"))


def _here() -> str:
    """Return what stands for this machine and the processes that are seen: a container sees its own."""
    try:
        seen = os.readlink("/proc/self/ns/pid")
    except OSError:
        seen = ""
    return hashlib.sha256(f"{platform.node()} {seen}".encode()).hexdigest()[:8]
