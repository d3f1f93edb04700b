"""A PostgreSQL database that stands for production, on a server of ours: runbooks make and drop databases."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count

from handrail.adapters.ground_folder import GroundFolder, new_folder
from handrail.adapters.postgresql.copies import PostgresCopy
from handrail.adapters.postgresql.session import Refused, Session, quoted
from handrail.adapters.postgresql.workshop import PostgresWorkshop
from handrail.core.database import Origin
from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy
from handrail.rehearsal.drill.ground import Ground, Terminal

_NAME = "app"
_CLIENT = 'psql -XAtq -v ON_ERROR_STOP=1 "$DATABASE_URL"'
_OTHERS = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> ALL (%s)"
_LOSE_FILE = "UPDATE pg_class SET relfilenode = 4000000000 WHERE oid = '{table}'::regclass"
_PART = 0.6
_HASH_SECONDS = 3600
_HASH = """
psql -XAtq -c "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1" |
  while read -r table; do psql -XAtq -c "COPY \\"$table\\" TO STDOUT" | LC_ALL=C sort; done |
  sha256sum | cut -d ' ' -f 1
"""


class PostgresGrounds:
    """``rehearsal.ground.Grounds`` on the server of ``workshop``, which is ours alone."""

    engine = "postgresql"

    def __init__(self, folder: str, workshop: PostgresWorkshop, source: DatabaseAddress | None) -> None:
        self._folder, self._workshop, self._source = folder, workshop, source
        self.version = workshop.version
        self._numbers = count(1)

    def origin(self) -> Origin | None:
        """Return what the database is that was asked for, None where there is none."""
        return self._workshop.origin() if self._source else None

    def base(self) -> DatabaseCopy:
        """Return a copy of that database, or an empty one."""
        return self._workshop.copy_source() if self._source else self._workshop.empty()

    @contextmanager
    def open(self, base: DatabaseCopy) -> Iterator[Ground]:
        """Open a new ground with what is in ``base``. What a runbook made on the server goes with it."""
        made = base.copy()
        variables = dict(made.address())
        server = Session(_address(variables, "postgres"))
        kept = ["postgres", base.address()["PGDATABASE"]]
        with server:
            _drop_others(server, [*kept, variables["PGDATABASE"]])
            server.execute(f"ALTER DATABASE {quoted(variables['PGDATABASE'])} RENAME TO {quoted(_NAME)}")
        names = {**variables, "PGDATABASE": _NAME, "DATABASE_URL": f"postgresql:///{_NAME}"}
        if not shutil.which("psql", path=names.get("PATH")):
            hint = "Install the client of PostgreSQL: the commands of the runbooks call it."
            raise HandrailError("not drilled: psql is not on the PATH", hint)
        path = os.path.join(self._folder, f"drill-{next(self._numbers)}")
        with new_folder(path, names, _CLIENT) as folder:
            yield PostgresGround(folder, self._workshop, _address(variables, _NAME))
        with Session(_address(variables, "postgres")) as server:
            _drop_others(server, kept)


class PostgresGround:
    """``rehearsal.ground.Ground`` over the database at ``location``."""

    address: Mapping[str, str] = {"POSTGRESQL ADDRESS": f"postgresql:///{_NAME}?schema=public"}

    def __init__(self, folder: GroundFolder, workshop: PostgresWorkshop, location: DatabaseAddress) -> None:
        self._folder, self._workshop, self._location = folder, workshop, location

    def lay(self, path: str, data: bytes) -> None:
        """Write a file."""
        self._folder.lay(path, data)

    def terminal(self) -> Terminal:
        """Return a new terminal, open until the ground is left."""
        return self._folder.terminal()

    def look(self) -> DatabaseCopy:
        """Return a copy of the database to look at."""
        return self._here().copy()

    def _here(self) -> PostgresCopy:
        return self._workshop.of(_NAME)

    def run(self, statements: Sequence[str]) -> str:
        """Run statements one by one, each on its own, and return '' or why one of them was refused."""
        with Session(self._location) as session:
            try:
                for each in statements:
                    session.execute(each)
            except Refused as error:
                return str(error)
        return ""

    def run_unseen(self, statements: Sequence[str]) -> str:
        """Run them as usual: whatever this server logs first, nobody sees the difference."""
        return self.run(statements)

    def take_backup(self, path: str) -> str:
        """Write a backup to a new file, and return the hash of the content that is noted with it."""
        self._workshop.take_backup(self._folder.inside(path), self._here())
        return self._folder.terminal().run(_HASH, _HASH_SECONDS).text.strip()

    def damage(self, table: str) -> None:
        """Let the server look for the table in a file that is not there, as when it was lost."""
        with Session(self._location) as session:
            session.execute(_LOSE_FILE.format(table=quoted(table).replace("'", "''")))

    def damage_backup(self, path: str) -> None:
        """Cut a backup off."""
        place = self._folder.inside(path)
        os.truncate(place, int(os.path.getsize(place) * _PART))


def _address(variables: Mapping[str, str], name: str) -> DatabaseAddress:
    return DatabaseAddress(
        "postgresql", name, user=variables["PGUSER"], host=variables["PGHOST"], port=variables["PGPORT"]
    )


def _drop_others(server: Session, kept: Sequence[str]) -> None:
    for (name,) in server.rows(_OTHERS, [list(kept)]):  # type: ignore[list-item]  # psycopg takes a list
        server.execute(f"DROP DATABASE {quoted(name)} WITH (FORCE)")
