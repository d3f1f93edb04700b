"""What may be written after the commands that run something on a database."""

from handrail.options import FORMATS, Command, Option, flag, value

ON_DATABASES: tuple[Command, ...] = (
    Command(
        "rehearse",
        "try migrations and their way back on a copy of a database, and write evidence of it",
        (
            "handrail rehearse",
            "handrail rehearse --database dev.db --data production",
            "handrail rehearse prisma/migrations/20261124090000_add_notes --rows 5000",
            "handrail rehearse --database postgresql://app@db/app --format json",
        ),
        (
            Option(
                ("migrations",),
                {
                    "metavar": "MIGRATION",
                    "nargs": "*",
                    "help": "names or paths (default: what the database lacks; without one, the newest)",
                },
            ),
            value("--database", "URL", "address or file to copy, only read (default: rows made here)"),
            Option(
                ("--data",),
                {
                    "choices": ("production", "seeded"),
                    "default": "seeded",
                    "help": "what the rows of --database are: of production, masked or not, or invented "
                    "(default: seeded)",
                },
            ),
            value(
                "--taken", "TIME", "when that copy was taken, in UTC (default: when it was last written to)"
            ),
            value("--seed", "FILE", "a script of rows, in place of rows made here"),
            Option(
                ("--rows",),
                {
                    "type": int,
                    "default": 200,
                    "metavar": "N",
                    "help": "rows made for each table (default: 200)",
                },
            ),
            flag("--no-evidence", "write no evidence files"),
        ),
        (*FORMATS, "markdown"),
    ),
)
