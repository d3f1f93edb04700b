"""The process groups that a run started, noted so that the next run can end them if this one is killed."""

import os
import signal
from contextlib import suppress

_NOTES = "groups"


def note_group(folder: str, group: int) -> None:
    """Note in ``folder`` that the process group is ours."""
    with open(os.path.join(folder, _NOTES), "a", encoding="utf-8") as file:
        file.write(f"{group} {folder}\n")


def end_groups(folder: str) -> None:
    """End the process groups that are noted anywhere below ``folder``, where they are still ours.

    They are while one of them has our folder in its environment: a number alone may be another's by now.
    """
    for place, _, names in os.walk(folder):
        if _NOTES in names:
            with open(os.path.join(place, _NOTES), encoding="utf-8") as file:
                groups = [int(line.split()[0]) for line in file if line.split()[:1]]
            for group in groups:
                if _is_ours(group, place):
                    with suppress(ProcessLookupError, PermissionError):
                        os.killpg(group, signal.SIGKILL)


def _is_ours(group: int, folder: str) -> bool:
    """Tell whether a process of the group has ``folder`` in its environment. Only Linux tells."""
    with suppress(OSError):
        for each in os.listdir("/proc"):
            if each.isdecimal() and _group(int(each)) == group and _knows(each, folder):
                return True
    return False


def _group(process: int) -> int:
    with suppress(OSError):
        return os.getpgid(process)
    return 0


def _knows(process: str, folder: str) -> bool:
    with suppress(OSError), open(f"/proc/{process}/environ", "rb") as file:
        return f"HANDRAIL_TERMINAL={folder}".encode() in file.read().split(b"\0")
    return False
