"""Who keeps the policy, and where the team works."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.shape import (
    FILE_NAME,
    PATH,
    SLUG,
    Between,
    Code,
    Dialect,
    Entry,
    Fact,
    Id,
    Line,
    Matches,
    Node,
    Orm,
    Ref,
    Text,
    Tighter,
)

BRANCH = r"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$"
"""A branch name that neither a shell nor an address has to quote."""


@record
class Repository(Node):
    """The repository that holds the policy."""

    url: Annotated[
        str,
        "Web address, without a slash at the end.",
        Matches(
            r"^https://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~%+-]+)+$", "https://github.com/your-org/your-repository"
        ),
    ]
    default_branch: Annotated[
        str,
        "The branch that links point at and pull requests go to.",
        Matches(BRANCH, "main"),
        Fact(),
    ]
    folder: Annotated[
        str,
        "Folder of the repository that holds the policy, without slashes at its ends; empty for the root.",
        Matches(r"^([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)?$", "services/api"),
    ] = ""


@record
class Channel(Entry):
    """A place where people hear of things."""

    id: Annotated[str, "Stable id.", Id("channel", used=True), Matches(SLUG, "database")]
    title: Annotated[Line, "Name as people know it."]
    where: Annotated[Line, "Address or name of the channel.", Fact()]
    used_for: Annotated[Text, "What is posted there."]


@record
class Environment(Entry):
    """A place where the application and its database run."""

    id: Annotated[str, "Stable id.", Id("environment", used=True), Matches(SLUG, "production")]
    title: Annotated[Line, "Name as people know it."]
    purpose: Annotated[Text, "What it is for."]
    data: Annotated[Text, "Which data it holds, and how real it is."]


@record
class DeployWindow(Entry):
    """When risky migrations may be deployed."""

    id: Annotated[str, "Stable id.", Id("window", used=True), Matches(SLUG, "weekly")]
    title: Annotated[Line, "Name as people know it."]
    days: Annotated[
        tuple[Annotated[str, Matches(r"^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$", "Tuesday")], ...],
        "Days of the week.",
    ]
    from_time: Annotated[str, "Start, 24 h clock.", Matches(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "09:00")]
    to_time: Annotated[str, "End, 24 h clock.", Matches(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "11:00")]
    time_zone: Annotated[Line, "IANA time zone.", Fact()]
    why: Annotated[Text, "Why this window."]


@record
class Team(Node):
    """The team and the application whose database this policy guards."""

    name: Annotated[Line, "The team.", Fact()]
    application: Annotated[Line, "The application.", Fact()]
    repository: Annotated[Repository, "The repository that holds the policy."]
    handrail_from: Annotated[
        Literal["pypi", "checkout"],
        "Where CI installs Handrail from: PyPI, or the checked-out repository itself.",
    ] = "pypi"


@record
class TeamFile(Node):
    """team.yaml"""

    team: Annotated[Team, "The team and its repository."]
    channels: Annotated[tuple[Channel, ...], "Where people hear of things."] = ()
    environments: Annotated[tuple[Environment, ...], "Where the database runs."] = ()
    windows: Annotated[tuple[DeployWindow, ...], "When risky migrations may be deployed."] = ()


@record
class BackupPlan(Entry):
    """How the database is backed up."""

    every_hours: Annotated[int, "Hours between two backups.", Between(1), Tighter("less")]
    kept_days: Annotated[int, "Days that a backup is kept.", Between(1), Tighter("more")]
    where: Annotated[Text, "Where backups are stored; one copy off site."]
    rpo_minutes: Annotated[
        int, "Recovery point objective: how many minutes of data may be lost.", Between(0), Tighter("less")
    ]
    rto_minutes: Annotated[
        int, "Recovery time objective: minutes until the service is back.", Between(1), Tighter("less")
    ]
    verified_by: Annotated[Text, "How it is proven that a backup can be restored."]


@record
class Runner(Node):
    """What applies migrations, and how."""

    command: Annotated[Code, "The exact command."]
    folder: Annotated[
        str,
        "Folder of the repository that it is run in; empty for the root.",
        Matches(r"^([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)?$", "backend"),
    ] = ""
    setup: Annotated[Code | None, "What installs it, in that folder, on the machine that deploys."] = None
    transaction: Annotated[
        bool,
        "True when the runner wraps each migration in a transaction. On SQLite that decides "
        "whether a table rebuild deletes the children.",
    ]
    notes: Annotated[Text, "What else to know about it."]


@record
class Database(Node):
    """One database engine in use."""

    engine: Annotated[Dialect, "The engine."]
    version: Annotated[Line, "Version in production, or the lowest supported one.", Fact()]
    environments: Annotated[tuple[Annotated[str, Ref("environment")], ...], "Where it runs."]
    runner: Annotated[Runner, "What applies migrations there."]
    smoke: Annotated[
        tuple[Code, ...],
        "Queries of the application that have to work on a migrated and on a restored database.",
    ] = ()


@record
class Paths(Node):
    """Where things are in the repository."""

    schema: Annotated[
        Code, "The schema file, or the folder of a multi-file schema.", Matches(PATH, "prisma/schema.prisma")
    ]
    schema_here: Annotated[
        str,
        "Where this repository holds a copy of the schema, when `schema` lies in another one; it is what "
        "SCHEMA_RISKS.md is made from.",
        Matches(PATH, "examples/app/prisma/schema.prisma"),
    ] = ""
    migrations: Annotated[Code, "The folder of migrations.", Matches(PATH, "prisma/migrations")]
    up: Annotated[Code, "File name of a migration's script.", Matches(FILE_NAME, "migration.sql")] = (
        "migration.sql"
    )
    down: Annotated[Code, "File name of its rollback script.", Matches(FILE_NAME, "down.sql")] = "down.sql"
    evidence: Annotated[
        Code,
        "The folder of evidence files (docs/schemas/evidence.schema.json).",
        Matches(PATH, "evidence"),
    ] = "migration-evidence"


@record
class DatabaseFile(Node):
    """database.yaml"""

    orm: Annotated[Orm, "prisma, or none for plain SQL."]
    databases: Annotated[tuple[Database, ...], "Engines in use, production first."]
    paths: Annotated[Paths, "Where schema and migrations are."]
    backup: Annotated[BackupPlan, "How the database is backed up."]
