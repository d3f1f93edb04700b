"""The starter: what is found in a repository, and a policy for it that is valid and says what to fill in."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from handrail.commands.init import init
from handrail.commands.validate import validate
from handrail.core.finding import has_errors
from handrail.policy.load import Loaded
from handrail.policy.starter import Stack, find_stack
from tests.fakes import MemoryFiles, ShippedTemplates
from tests.minimal.builder import load, read_plain


def schema(provider: str, before: str = "") -> str:
    return f'{before}datasource db {{\n  provider = "{provider}"\n  url      = env("DATABASE_URL")\n}}\n'


SQLITE, POSTGRESQL, MYSQL = schema("sqlite"), schema("postgresql"), schema("mysql")
CLIENT = 'generator client {\n  provider = "prisma-client-js"\n}\n\n'
NOTHING = "no schema and no migrations; the starter is for Prisma on SQLite"
KNOWS = "; Handrail knows sqlite, postgresql, mysql: the starter is for sqlite"


def found(files: Mapping[str, str]) -> Stack:
    return find_stack(sorted(files), lambda path: files[path].encode())


def prisma(engine: str, path: str, because: str = "", guessed: bool = False) -> Stack:
    folder = path.rpartition("/")[0]
    return Stack(
        orm="prisma",
        engine=engine,
        schema=path,
        migrations=f"{folder}/migrations".lstrip("/"),
        because=because or f"a Prisma schema for {engine} ({path})",
        guessed=guessed,
    )


def sql(folder: str, besides: str = "") -> Stack:
    because = f"plain SQL migrations ({folder}/){besides}"
    return Stack(
        orm="none", engine="postgresql", schema=folder, migrations=folder, because=because, guessed=True
    )


P = "prisma/schema.prisma"
STACKS: list[tuple[str, dict[str, str], Stack]] = [
    ("sqlite", {P: SQLITE}, prisma("sqlite", P)),
    ("postgresql", {P: POSTGRESQL}, prisma("postgresql", P)),
    ("postgres", {P: schema("postgres")}, prisma("postgresql", P)),
    ("mysql", {P: MYSQL}, prisma("mysql", P)),
    ("after the client", {P: CLIENT + MYSQL}, prisma("mysql", P)),
    ("before the client", {P: POSTGRESQL + CLIENT}, prisma("postgresql", P)),
    (
        "in a comment",
        {P: schema("postgresql").replace("  prov", '  // provider = "sqlite"\n  prov')},
        prisma("postgresql", P),
    ),
    (
        "datasource in a comment",
        {P: '// datasource db {\n//   provider = "mysql"\n// }\n' + SQLITE},
        prisma("sqlite", P),
    ),
    ("windows line breaks", {P: MYSQL.replace("\n", "\r\n")}, prisma("mysql", P)),
    ("deep", {"apps/api/prisma/schema.prisma": SQLITE}, prisma("sqlite", "apps/api/prisma/schema.prisma")),
    ("at the root", {"schema.prisma": SQLITE}, prisma("sqlite", "schema.prisma")),
    (
        "unknown provider",
        {P: schema("sqlserver")},
        prisma("sqlite", P, f"a Prisma schema for sqlserver ({P}){KNOWS}", True),
    ),
    (
        "no provider",
        {P: "model A {\n  id Int @id\n}\n"},
        prisma("sqlite", P, f"a Prisma schema without a provider ({P}){KNOWS}", True),
    ),
    ("not UTF-8", {P: SQLITE + "// \udcff"}, prisma("sqlite", P)),
    (
        "several, the nearest counts",
        {"a/b/schema.prisma": SQLITE, "z/schema.prisma": MYSQL},
        prisma(
            "mysql", "z/schema.prisma", "a Prisma schema for mysql (z/schema.prisma); not a/b/schema.prisma"
        ),
    ),
    (
        "several equally near, the first counts",
        {"c/schema.prisma": SQLITE, "b/schema.prisma": MYSQL, "a/schema.prisma": POSTGRESQL},
        prisma(
            "postgresql",
            "a/schema.prisma",
            "a Prisma schema for postgresql (a/schema.prisma); not b/schema.prisma, not c/schema.prisma",
        ),
    ),
    ("a schema beside SQL", {P: SQLITE, "migrations/1.sql": ""}, prisma("sqlite", P)),
    ("another file of that ending", {"old-schema.prisma": MYSQL, "migrations/1.sql": ""}, sql("migrations")),
    ("SQL", {"db/migrations/0001_a.sql": "", "db/migrations/0002_b.sql": ""}, sql("db/migrations")),
    ("SQL in folders", {"migrations/0001_a/up.sql": "", "migrations/0001_a/down.sql": ""}, sql("migrations")),
    ("migrate", {"db/migrate/1.sql": ""}, sql("db/migrate")),
    ("SQL in two places", {"b/migrations/1.sql": "", "sql/1.sql": ""}, sql("sql", "; not b/migrations")),
    (
        "SQL elsewhere",
        {
            "dump.sql": "",
            "seed/a.sql": "",
            "migrations/a/b/c.sql": "",
            "my-migrations.sql": "",
            "premigrations/a.sql": "",
        },
        prisma("sqlite", P, NOTHING, True),
    ),
    ("nothing", {}, prisma("sqlite", P, NOTHING, True)),
]


@pytest.mark.parametrize(("files", "stack"), [row[1:] for row in STACKS], ids=[row[0] for row in STACKS])
def test_what_is_found(files: dict[str, str], stack: Stack) -> None:
    raw = {path: text.encode("utf-8", "surrogateescape") for path, text in files.items()}
    assert find_stack(sorted(raw), raw.__getitem__) == stack


class Remote:
    """``ports.Repository`` of which only the remote is asked."""

    def __init__(self, url: str, branch: str) -> None:
        self.url, self.branch = url, branch

    def files_at(self, revision: str, folder: str) -> Mapping[str, bytes]:
        raise NotImplementedError

    def origin(self) -> tuple[str, str]:
        return self.url, self.branch


GITHUB = "https://github.com/acme/ledger"


def started(files: Mapping[str, str], url: str = GITHUB, branch: str = "main") -> tuple[MemoryFiles, str]:
    memory = MemoryFiles({path: text.encode() for path, text in files.items()})
    return memory, init(memory, Remote(url, branch), ShippedTemplates()).text


def loaded(memory: MemoryFiles) -> Loaded:
    return load({path: raw for path, raw in memory.files.items() if path.startswith("policies/")})


def plain(memory: MemoryFiles, stem: str) -> Any:
    return read_plain(memory.files[f"policies/{stem}.yaml"])


WEIRD = [
    ("no remote", {}, "", "main"),
    ("branch on", {}, GITHUB, "on"),
    ("branch of digits", {}, GITHUB, "2026"),
    ("branch true", {}, GITHUB, "true"),
    ("branch with an at sign", {}, GITHUB, "@next"),
    ("branch with quotes", {}, GITHUB, 'it\'s"so"'),
    ("branch with a hash sign", {}, GITHUB, "fix-#12"),
    ("branch in braces", {}, GITHUB, "{{ x }}"),
    ("another host", {}, "https://git.example.org/group/sub/app.d", "trunk"),
    ("path with an at sign", {"@acme/db/prisma/schema.prisma": POSTGRESQL}, GITHUB, "main"),
    ("path with spaces", {"my app #1/prisma/schema.prisma": SQLITE}, GITHUB, "main"),
    ("path with a colon", {"a: b/prisma/schema.prisma": SQLITE}, GITHUB, "main"),
    ("path with a backslash", {"a\\1/prisma/schema.prisma": SQLITE}, GITHUB, "main"),
    ("path in other letters", {"\u0431\u0430\u0437\u0430/prisma/schema.prisma": SQLITE}, GITHUB, "main"),
    ("path like a reference", {"[[role:none]]/prisma/schema.prisma": SQLITE}, GITHUB, "main"),
    ("path of digits", {"2026/schema.prisma": SQLITE}, GITHUB, "main"),
    ("path with a dash", {"-a/schema.prisma": SQLITE}, GITHUB, "main"),
]


@pytest.mark.parametrize(
    ("files", "url", "branch"),
    [(row[1], GITHUB, "main") for row in STACKS if row[0] != "not UTF-8"] + [row[1:] for row in WEIRD],
    ids=[row[0] for row in STACKS if row[0] != "not UTF-8"] + [row[0] for row in WEIRD],
)
def test_a_starter_is_valid_and_says_what_was_found(files: dict[str, str], url: str, branch: str) -> None:
    memory, _ = started(files, url, branch)
    done = loaded(memory)
    assert done.policy is not None, done.findings
    assert not has_errors(done.findings), done.findings
    assert {finding.severity for finding in done.findings} == {"note"}
    assert validate(memory).code == 0
    stack = found(files)
    database, repository = done.policy.database, done.policy.team.team.repository
    assert (database.orm, database.databases[0].engine) == (stack.orm, stack.engine)
    assert (database.paths.schema, database.paths.migrations) == (stack.schema, stack.migrations)
    assert (repository.default_branch, done.policy.team.team.handrail_from) == (branch, "pypi")
    assert repository.url == (url or "https://github.com/your-org/your-repository")


@pytest.mark.parametrize("files", [row[1] for row in STACKS], ids=[row[0] for row in STACKS])
def test_nothing_of_the_example_s_own_is_left(files: dict[str, str]) -> None:
    raw = {path: text.encode("utf-8", "surrogateescape") for path, text in files.items()}
    memory = MemoryFiles(raw)
    init(memory, Remote(GITHUB, "main"), ShippedTemplates())
    text = b"".join(raw for path, raw in memory.files.items() if path not in files).decode()
    for own in ("backend/", "cd backend", "meal-planner", "Meal Planner", "covers:", "decisions/index.md"):
        assert own not in text
    done = loaded(memory).policy
    assert done is not None
    assert (done.risks.schema_risks, done.coverage.rows, done.artefacts.skip) == ((), (), ("coverage",))
    assert [
        (role.members, role.github_team) for role in done.roles.roles if role.members or role.github_team
    ] == []


@pytest.mark.parametrize(
    ("files", "commands"),
    [
        (
            {"app/prisma/schema.prisma": SQLITE},
            ["cd app", "-- app/prisma/migrations", "./prisma/schema.prisma"],
        ),
        ({"prisma/schema.prisma": SQLITE}, ["-- prisma/migrations", "./prisma/schema.prisma"]),
        ({"db/schema.prisma": SQLITE}, ["cd db", "-- db/migrations", "main:./schema.prisma"]),
        ({"schema.prisma": SQLITE}, ["-- migrations", "main:./schema.prisma"]),
        ({"xprisma/schema.prisma": SQLITE}, ["cd xprisma", "-- xprisma/migrations"]),
        ({"db/migrations/1.sql": ""}, ["-- db/migrations"]),
        ({"my app/prisma/schema.prisma": SQLITE}, ["cd backend", "-- backend/prisma/migrations"]),
    ],
)
def test_commands_name_the_folders_of_the_repository(files: dict[str, str], commands: list[str]) -> None:
    """But a path that a shell would split is left to the reader."""
    memory, _ = started(files)
    text = memory.files["policies/checklists.yaml"].decode()
    for command in commands:
        assert re.search(rf"{re.escape(command)}\n|{re.escape(command)} ", text), command
    changed = [line for line in text.split("\n") if line.strip().startswith("cd ")]
    assert {line.strip() for line in changed} <= {
        command for command in commands if command.startswith("cd ")
    }


@pytest.mark.parametrize(
    ("branch", "command"),
    [
        ("trunk", "git fetch origin trunk"),
        ("a/b-1.0", "git fetch origin a/b-1.0"),
        ("x;y", "git fetch origin main"),
    ],
)
def test_commands_name_the_branch_of_the_repository(branch: str, command: str) -> None:
    text = started({}, branch=branch)[0].files["policies/checklists.yaml"].decode()
    assert f"{command}\n" in text
    assert text.count("origin/main") == (0 if command.endswith(branch) else text.count("origin/"))


def notes(files: Mapping[str, str], url: str = GITHUB) -> list[str]:
    """Return the lines that init tells to fill in, as they stand in the files, each once."""
    memory, said = started(files, url)
    lines = []
    for path, number in re.findall(r"^  (policies/\S+):(\d+)$", said, re.MULTILINE):
        lines.append(memory.files[path].decode().split("\n")[int(number) - 1].strip())
    assert all(line.endswith("# TODO") for line in lines)
    everything = b"".join(raw for path, raw in memory.files.items() if path not in files)
    assert everything.count(b"# TODO") == len(lines)
    return list(dict.fromkeys(line.removesuffix(" # TODO") for line in lines if not line.startswith("#")))


ALWAYS = ["members: []", "name: The ledger team", "application: ledger"]
NOT_SQLITE = [
    "transaction: false",
    "notes: Say what a script that fails halfway leaves behind.",
    "where: Say where backups are kept, and which tool takes them.",
]


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        ({P: SQLITE}, ['version: "3.40"', *ALWAYS]),
        ({P: POSTGRESQL}, ['version: "16"', *NOT_SQLITE, *ALWAYS]),
        ({P: MYSQL}, ['version: "8.4"', *NOT_SQLITE, *ALWAYS]),
        ({P: schema("sqlserver")}, ["- engine: sqlite", 'version: "3.40"', *ALWAYS]),
        ({}, ["- engine: sqlite", 'version: "3.40"', *ALWAYS]),
        (
            {"migrations/1.sql": ""},
            [
                "- engine: postgresql",
                'version: "16"',
                "command: your-runner up",
                *NOT_SQLITE[:2],
                "up: migration.sql",
                "down: down.sql",
                NOT_SQLITE[2],
                *ALWAYS,
            ],
        ),
    ],
    ids=["sqlite", "postgresql", "mysql", "unknown provider", "nothing", "plain SQL"],
)
def test_what_has_to_be_looked_at_is_marked_and_listed(files: dict[str, str], lines: list[str]) -> None:
    assert notes(files) == lines


def test_without_a_remote_the_address_has_to_be_filled_in() -> None:
    lines = notes({P: SQLITE}, url="")
    assert lines[-1] == "url: https://github.com/your-org/your-repository"
    assert "name: The application team" in lines


@pytest.mark.parametrize(
    ("url", "team"),
    [
        (GITHUB, "acme/data-engineer"),
        ("https://git.example.org/acme/ledger", "your-org/data-engineer"),
        ("", "your-org/data-engineer"),
    ],
)
def test_a_team_is_suggested_and_not_named(url: str, team: str) -> None:
    """A team that does not exist would leave CODEOWNERS without an owner."""
    text = started({}, url)[0].files["policies/roles.yaml"].decode()
    assert f"    # github_team: {team} # TODO\n" in text


@pytest.mark.parametrize(
    ("files", "said", "unsaid"),
    [
        ({P: SQLITE}, [f"Found: a Prisma schema for sqlite ({P})\n"], ["MySQL", "put your runner's"]),
        ({P: MYSQL}, ["is for SQLite and PostgreSQL: add MySQL's.\n"], ["put your runner's"]),
        (
            {"sql/1.sql": ""},
            ["Found: plain SQL migrations (sql/)\n", "put your runner's in their place.\n"],
            [],
        ),
        ({}, [f"Found: {NOTHING}\n"], ["put your runner's"]),
    ],
)
def test_what_init_says(files: dict[str, str], said: list[str], unsaid: list[str]) -> None:
    text = started(files)[1]
    assert all(each in text for each in [*said, "written    policies/team.yaml\n"])
    assert not any(each in text for each in [*unsaid, "kept "])
    assert text.endswith("Next: handrail validate, then handrail render, then commit.\n")


def test_nothing_is_overwritten() -> None:
    memory, _ = started({P: SQLITE})
    before = dict(memory.files)
    memory.files["policies/team.yaml"] = b"ours: 1\n"
    del memory.files["policies/faq.yaml"]
    text = init(memory, Remote(GITHUB, "main"), ShippedTemplates()).text
    assert memory.files["policies/team.yaml"] == b"ours: 1\n"
    assert memory.files["policies/faq.yaml"] == before["policies/faq.yaml"]
    assert "kept       policies/team.yaml\n" in text
    assert re.findall(r"^written    (.*)$", text, re.MULTILINE) == ["policies/faq.yaml"]


def test_a_starter_has_the_files_and_schema_lines_of_the_shipped_policy() -> None:
    memory, _ = started({})
    shipped = {path for path in ShippedTemplates().find("policies") if path.endswith(".yaml")}
    assert shipped <= memory.files.keys()
    for path in shipped:
        assert memory.files[path].startswith(b"# yaml-language-server: $schema=")
    extra = {"docs/GITHUB_WORKFLOW.md", "docs/assets/handbook.css", "mkdocs.yml"}
    assert memory.files.keys() == shipped | extra


def test_its_blocks_are_new() -> None:
    memory, _ = started({})
    for path in ("docs/GITHUB_WORKFLOW.md", "mkdocs.yml"):
        text = memory.files[path].decode()
        assert re.findall(r"handrail:end [\w-]+ [0-9a-f]+", text) == []
        for name in re.findall(r"handrail:begin ([\w-]+)", text):
            assert re.search(rf"handrail:begin {name}.*\n.*handrail:end {name}", text), name


def test_the_shipped_values_stand_in_the_starter_of_the_same_stack() -> None:
    """What is set line by line changes nothing else."""
    memory, _ = started(
        {"backend/prisma/schema.prisma": SQLITE}, "https://github.com/meal-planner-team/meal-planner"
    )
    shipped = read_plain(ShippedTemplates().read("policies/database.yaml"))
    assert plain(memory, "database") == shipped
    team = read_plain(ShippedTemplates().read("policies/team.yaml"))
    team["team"] |= {"name": "The meal-planner team", "application": "meal-planner", "handrail_from": "pypi"}
    assert plain(memory, "team") == team
