"""What may be written after the commands that run something on a database."""

from handrail.options import FORMATS, Command, Option, flag, value

DATA = Option(
    ("--data",),
    {
        "choices": ("production", "seeded"),
        "default": "seeded",
        "help": "what the rows of --database are: of production, masked or not, or invented "
        "(default: seeded)",
    },
)
TAKEN = value("--taken", "TIME", "when that copy was taken, in UTC (default: when it was last written to)")

BACKUP_FORMATS = ("text", "json", "github")

SOURCE = value("--database", "URL", "address or file, only read (default: HANDRAIL_DATABASE_URL)")

NOTED_DATA = Option(
    ("--data",),
    {
        "choices": ("production", "seeded"),
        "default": "",
        "help": "whether its rows are of production, masked or not, or invented "
        "(default: as noted, or seeded)",
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
            DATA,
            TAKEN,
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
            "handrail backup take --database postgresql://app@db/app --data production",
        ),
        (
            SOURCE,
            value(
                "--output",
                "FILE",
                "the new file; what is noted goes to FILE.json "
                "(default: backups/NAME-20261124T090000Z.backup.db or .dump)",
            ),
            NOTED_DATA,
        ),
        BACKUP_FORMATS,
    ),
    Command(
        "backup verify",
        "restore a backup into a scratch database, and compare every value",
        (
            "handrail backup verify backups/dev-20261124T090000Z.backup.db",
            "handrail backup verify app.dump --database postgresql://app@db/app",
            "handrail backup verify app.dump --for prisma/migrations/20261124090000_add_notes",
        ),
        (
            Option(("file",), {"metavar": "FILE", "help": "the backup; FILE.json notes what was in it"}),
            value(
                "--database",
                "URL",
                "address or file of the database that it is of, only read "
                "(default: HANDRAIL_DATABASE_URL; without one, only what was noted counts)",
            ),
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
            NOTED_DATA,
            flag("--no-evidence", "write no evidence file"),
        ),
        BACKUP_FORMATS,
    ),
    Command(
        "drill",
        "follow the policy's runbooks on a scratch database that was broken on purpose",
        (
            "handrail drill",
            "handrail drill restore --for 20261124090000_drop_notes",
            "handrail drill detect --fault dropped-column --engine postgresql",
            "handrail drill restore --database backup-of-today.db --data production",
        ),
        (
            value("runbook", "RUNBOOK", "the id of a runbook (default: all of them)"),
            Option(
                ("--for",),
                {
                    "dest": "migrations",
                    "nargs": "+",
                    "default": [],
                    "metavar": "MIGRATION",
                    "help": "the migrations for which it is done, as the gate asks of a drill of restore",
                },
            ),
            value("--fault", "NAME", "only after this fault, or 'none' (default: all that the policy names)"),
            Option(
                ("--engine",),
                {"choices": ("sqlite", "postgresql"), "help": "on this engine (default: that of production)"},
            ),
            value("--database", "URL", "address or file to copy, only read (default: rows made here)"),
            DATA,
            TAKEN,
            Option(
                ("--seconds",),
                {
                    "type": float,
                    "default": 300,
                    "metavar": "N",
                    "help": "how long one command may take (default: 300)",
                },
            ),
            flag("--no-evidence", "write no evidence files"),
        ),
        ("text", "json", "markdown"),
    ),
    Command(
        "deploy-check",
        "say whether the pending migrations may be deployed now: evidence, window, what the database holds",
        (
            "handrail deploy-check --database app.db",
            "handrail deploy-check --base v1.4.0 --at 2026-12-01T08:30:00Z",
            "handrail deploy-check --migrations 20261124090000_add_notes --later backup-verified",
        ),
        (
            value("--database", "URL", "address or file, only read: which migrations it lacks, what failed"),
            Option(
                ("--migrations",),
                {
                    "nargs": "+",
                    "default": [],
                    "metavar": "NAME",
                    "help": "what is to be deployed; with a database, nothing else may be pending there",
                },
            ),
            value("--base", "REV", "the revision that production runs: what is new since is to be deployed"),
            value("--at", "TIME", "ask for another time than now, in UTC: 2026-12-01T08:30:00Z"),
            Option(
                ("--later",),
                {
                    "action": "append",
                    "default": [],
                    "metavar": "ITEM",
                    "help": "leave out an item that comes later, such as the backup that the deploy takes",
                },
            ),
        ),
        (*FORMATS, "markdown"),
    ),
)
