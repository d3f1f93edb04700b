"""Programs that apply migrations: how they are told from their files, and what is known of them.

Read from the documentation of each: golang-migrate ``database/sqlite3/README.md``, dbmate ``README.md``
(Migration Options), Flyway "Execute In Transaction" and "Info". Only Prisma was run here.
"""

from typing import NamedTuple

UNKNOWN = "your-runner"
"""Stands in the shipped policy for the runner's name; what cannot be filled in stays, marked as to do."""


class Runner(NamedTuple):
    """A program that applies migrations.

    ``up`` and ``down`` name the files of a migration and of its rollback,
    ``apply``, ``rehearse`` (on a copy at ``{copy}``) and ``status`` are its
    commands (``{migrations}`` is the folder), ``sqlite`` begins the address of
    a SQLite file, '' where addresses are of another kind,
    ``transaction`` tells whether it opens one where the engine can roll back a
    change of the schema, ``notes`` is what else to know.
    """

    name: str
    up: str
    down: str
    apply: str
    rehearse: str
    status: str
    sqlite: str
    transaction: bool
    notes: str


PRISMA = Runner(
    "Prisma",
    "migration.sql",
    "down.sql",
    "npx prisma migrate deploy",
    "",
    "npx prisma migrate status",
    "file:",
    False,
    "A script that fails halfway stays half applied. `migrate deploy` does not notice an applied "
    "migration that was edited since. `migrate dev` is for [[environment:local]] only: it may ask to "
    "reset the database.",
)
GOLANG_MIGRATE = Runner(
    "golang-migrate",
    "*.up.sql",
    "*.down.sql",
    'migrate -path {migrations} -database "$DATABASE_URL" up',
    'migrate -path {migrations} -database "{copy}" up',
    'migrate -path {migrations} -database "$DATABASE_URL" version',
    "sqlite3://",
    False,
    "It keeps one row in the table `schema_migrations`: the version, and whether it is dirty. After a "
    "failure it is dirty, and nothing runs until `migrate force`, which repairs nothing. A migration that "
    "sorts before that version is never applied. It does not notice an applied migration that was edited.",
)
DBMATE = Runner(
    "dbmate",
    "*.sql",
    "*.sql",
    "dbmate --migrations-dir {migrations} up",
    'dbmate --url "{copy}" --migrations-dir {migrations} --no-dump-schema up',
    "dbmate --migrations-dir {migrations} status",
    "sqlite:",
    True,
    "Each file holds both ways, below `-- migrate:up` and `-- migrate:down`. With `transaction:false` "
    "behind one of these the transaction is left out. It does not notice an applied migration that was "
    "edited.",
)
FLYWAY = Runner(
    "Flyway",
    "V*.sql",
    "U*.sql",
    "flyway -locations=filesystem:{migrations} migrate",
    'flyway -url="{copy}" -locations=filesystem:{migrations} migrate',
    "flyway -locations=filesystem:{migrations} info",
    "jdbc:sqlite:",
    True,
    "It keeps a checksum of each script in `flyway_schema_history` and refuses to go on when an applied "
    "one was edited; `flyway repair` changes that table and nothing else. With "
    "`executeInTransaction=false` in the script's own configuration file the transaction is left out.",
)
PLAIN = Runner(
    UNKNOWN,
    "*.sql",
    "*.down.sql",
    f"{UNKNOWN} up",
    f"{UNKNOWN} up <ADDRESS OF THE COPY>",
    f"{UNKNOWN} status",
    "",
    False,
    "Write down here what happens when a script fails halfway, and whether an edited migration is noticed.",
)

IN_A_TRANSACTION = {
    "sqlite": (
        "It runs a migration in a transaction unless told otherwise. Inside one, "
        "`PRAGMA foreign_keys=OFF` does nothing: with foreign keys on, a table rebuild deletes or detaches "
        "the children without an error."
    ),
    "postgresql": "`CREATE INDEX CONCURRENTLY` does not work inside its transaction.",
}
"""Engine -> what follows from a runner that opens a transaction."""

HALFWAY = {
    "mysql": "MySQL commits each change of the schema at once: a failed script stays half applied.",
}
"""Engine -> what holds for every runner."""


def opens_transaction(runner: Runner, engine: str) -> bool:
    """Tell whether a migration runs in a transaction. golang-migrate opens one on SQLite only."""
    if engine == "mysql":
        return False
    return runner.transaction or (runner is GOLANG_MIGRATE and engine == "sqlite")


def rehearsal(runner: Runner, engine: str, migrations: str) -> str:
    """Return the command that applies migrations to the copy that the handbook makes, and to nothing else."""
    copy = "<ADDRESS OF THE COPY>"
    if engine == "sqlite" and runner.sqlite:
        copy = f"{runner.sqlite}copy.db"
    elif engine == "postgresql" and runner is not FLYWAY:  # Flyway takes addresses of JDBC
        copy = "$COPY"
    return runner.rehearse.format(migrations=migrations, copy=copy)


def notes_on(runner: Runner, engine: str) -> str:
    """Return what to know about the runner on this engine, one paragraph a line."""
    lines = [runner.notes, HALFWAY.get(engine, "")]
    if opens_transaction(runner, engine):
        lines.append(IN_A_TRANSACTION[engine])
    return "\n".join(line for line in lines if line)
