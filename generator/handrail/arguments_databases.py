"""What may be written after the commands that run something on a database."""

from handrail.options import FORMATS, Command, Option, flag, value

BACKUP_FORMATS = ("text", "json", "github")

_SOURCE = value("--database", "URL", "address or file, only read (default: HANDRAIL_DATABASE_URL)")

_DATA = Option(
    ("--data",),
    {
        "choices": ("production", "seeded"),
        "default": "",
        "help": "whether its rows are of production, masked or not, or invented (default: as noted, or seeded)",
    },
)

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
    Command(
        "backup take",
        "take a backup of a database in use, restore it once, and note what is in it",
        (
            "handrail backup take --database dev.db",
            "handrail backup take --database dev.db --output /mnt/backups/before-deploy.db",
            "HANDRAIL_DATABASE_URL=postgresql://… handrail backup take --data production",
        ),
        (
            _SOURCE,
            value(
                "--output",
                "FILE",
                "the new file; what is noted goes to FILE.json "
                "(default: backups/NAME-20261124T090000Z.backup.db or .dump)",
            ),
            _DATA,
        ),
        BACKUP_FORMATS,
    ),
    Command(
        "backup verify",
        "restore a backup into a scratch database, and compare every value",
        (
            "handrail backup verify backups/dev-20261124T090000Z.backup.db",
            "handrail backup verify app.dump --database postgresql://…",
            "handrail backup verify app.dump --for prisma/migrations/20261124090000_add_notes",
        ),
        (
            Option(("file",), {"metavar": "FILE", "help": "the backup; FILE.json notes what was in it"}),
            value("--database", "URL", "address or file of the database that it is of, only read"),
            Option(
                ("--for",),
                {
                    "dest": "migrations",
                    "metavar": "MIGRATION",
                    "nargs": "+",
                    "default": [],
                    "help": "migrations that the evidence is about (default: what the backup lacks)",
                },
            ),
            _DATA,
            flag("--no-evidence", "write no evidence file"),
        ),
        BACKUP_FORMATS,
    ),
)
