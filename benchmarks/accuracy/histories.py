"""The public histories that are measured, and where their migrations are. None of their files is here."""

import os
import re
from collections.abc import Callable
from typing import NamedTuple


class History(NamedTuple):
    """One history: a folder of a repository, its engine, and which files make a migration."""

    project: str
    folder: str
    engine: str
    files: str


class Migration(NamedTuple):
    """One migration: path below the project's folder, and the SQL that goes up."""

    path: str
    text: str


HISTORIES = (
    History("kevdog114+pantry", "api/prisma/migrations", "sqlite", "*/migration.sql"),
    History("coolify", "apps/api/prisma/migrations", "sqlite", "*/migration.sql"),
    History("grocy+grocy", "migrations", "sqlite", "*.sql"),
    History("authelia+authelia", "internal/storage/migrations/sqlite", "sqlite", "*.up.sql"),
    History("authelia+authelia", "internal/storage/migrations/postgres", "postgresql", "*.up.sql"),
    History("lukevella+rallly", "packages/database/prisma/migrations", "postgresql", "*/migration.sql"),
    History("documenso+documenso", "packages/prisma/migrations", "postgresql", "*/migration.sql"),
    History("LemmyNet+lemmy", "migrations", "postgresql", "*/up.sql"),
)

_DOWN = re.compile(
    r"^\s*--\s*(?:\+goose\s+down|migrate:down|\+migrate\s+down)\b.*", re.IGNORECASE | re.DOTALL | re.MULTILINE
)


def read_history(root: str, history: History) -> list[Migration]:
    """Return the migrations of a history in the order in which its runner applies them."""
    home = os.path.join(root, history.project)
    top = os.path.join(home, history.folder)
    if not os.path.isdir(top):
        return []
    paths = []
    if history.files.startswith("*/"):
        last = history.files[2:]
        paths = [f"{each}/{last}" for each in os.listdir(top)]
    else:
        paths = [each for each in os.listdir(top) if each.endswith(history.files[1:])]
    paths = [each for each in paths if os.path.isfile(os.path.join(top, each))]
    return [
        Migration(os.path.normpath(f"{history.folder}/{each}"), _up(os.path.join(top, each)))
        for each in sorted(paths, key=_order(history))
    ]


def _order(history: History) -> Callable[[str], object]:
    """Return how a runner sorts: by the number in front where there is no stamp of one length, by name else."""
    if history.files.startswith("*/"):
        return lambda path: path
    return lambda path: ([int(each) for each in re.findall(r"\d+", path.split("__")[0])][:4], path)


def _up(path: str) -> str:
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        text = file.read()
    return _DOWN.sub("", text)
