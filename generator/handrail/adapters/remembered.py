"""What earlier runs worked out for a repository, kept for the next one."""

from handrail.adapters.cache import UserCache
from handrail.adapters.disk import Disk
from handrail.artefacts.memory import Memory


class Remembered:
    """The memory of a repository, for a ``with``; what was new is kept at its end."""

    def __init__(self, disk: Disk) -> None:
        self.cache = UserCache(disk.root)
        self.memory = Memory(self.cache.load())

    def __enter__(self) -> Memory:
        return self.memory

    def __exit__(self, *problem: object) -> None:
        if self.memory.grown and problem[0] is None:
            self.cache.save(self.memory.dump())
