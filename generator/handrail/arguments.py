"""The command line: what may be written after ``handrail``."""

import argparse
from collections.abc import Sequence
from typing import TypeAlias

from handrail import __version__
from handrail.arguments_databases import ON_DATABASES
from handrail.options import FORMATS, Command, Option, flag, value

_BASE = value("--base", "REV", "the revision that the change goes to")

COMMANDS: tuple[Command, ...] = (
    Command(
        "init",
        "lay down a starter policy for the stack that is found; overwrite nothing",
        ("handrail init", "handrail init --dir services/api"),
        (
            Option(
                ("--dir",), {"default": ".", "metavar": "DIR", "help": "folder to work in, made if missing"}
            ),
        ),
    ),
    Command(
        "validate",
        "show every problem of every policy file",
        ("handrail validate", "handrail validate --format github"),
        formats=FORMATS,
    ),
    Command(
        "render",
        "write every generated file that changed",
        ("handrail render", "handrail render --only 'docs/runbooks/*'", "handrail render --dry-run"),
        (
            value("--only", "GLOB", "only files (or artefact ids) that match"),
            flag("--dry-run", "say what would be written, and write nothing"),
            Option(
                ("--overwrite",),
                {
                    "action": "append",
                    "default": [],
                    "metavar": "PATH",
                    "help": "replace this file although it was edited by hand, or not written by Handrail",
                },
            ),
            flag("--watch", "render again whenever policy or templates change"),
        ),
        FORMATS,
    ),
    Command(
        "check",
        "prove that nothing drifted: generated files, links, navigation",
        ("handrail check", "handrail check --full --format github", "handrail check --diff"),
        (
            flag("--diff", "show whole differences"),
            flag("--full", "do not trust the ledger: read, render and compare everything (for CI)"),
        ),
        FORMATS,
    ),
    Command(
        "diff",
        "show what changed in meaning between two versions of the policy",
        ("handrail diff main", "handrail diff v1.0 v1.1 --format markdown"),
        (
            Option(("old",), {"metavar": "REV", "help": "the older revision"}),
            value("new", "REV", "the newer one; the work tree if left out"),
        ),
        ("text", "json", "markdown"),
    ),
    Command(
        "classify",
        "say what migrations do, and the risk level of each by the policy",
        (
            "handrail classify",
            "handrail classify --base origin/main --fail-on HIGH",
            "handrail classify prisma/migrations/20261124090000_add_notes/migration.sql",
            "handrail classify --stdin --dialect postgresql < draft.sql",
        ),
        (
            Option(
                ("paths",),
                {
                    "metavar": "PATH",
                    "nargs": "*",
                    "help": "files or folders of migrations (default: paths.migrations of the policy)",
                },
            ),
            value("--base", "REV", "only what is new or edited since this revision"),
            flag("--stdin", "read one script from standard input"),
            Option(
                ("--dialect",),
                {
                    "choices": ("sqlite", "postgresql", "mysql"),
                    "help": "how to read scripts that do not say it themselves",
                },
            ),
            value("--fail-on", "LEVEL", "exit 1 when the level is this one or higher"),
        ),
        (*FORMATS, "markdown"),
    ),
    Command(
        "review",
        "say whether a pull request may be merged: what it declares, does, and who approved",
        (
            "handrail review",
            "handrail review --base main --body pr.md",
            "handrail review --body pr.md --author octocat --reviews reviews.json",
        ),
        (
            _BASE,
            value("--body", "FILE", "the text of the pull request; - reads it"),
            value(
                "--reviews",
                "FILE",
                "its reviews, as gh api repos/OWNER/NAME/pulls/N/reviews --paginate prints",
            ),
            value("--author", "LOGIN", "who wrote it, and cannot approve it"),
            flag("--comment", "in a workflow: keep one comment on the pull request up to date"),
        ),
        (*FORMATS, "markdown"),
    ),
    Command(
        "pr-body",
        "print the Database Changes section for this branch, filled in as far as a machine can",
        (
            "handrail pr-body",
            "handrail pr-body --base origin/main",
        ),
        (_BASE,),
    ),
    Command(
        "new",
        "make the next migration under the right name, and draft its way back",
        ("handrail new add_recipe_notes", "handrail new --for prisma/migrations/20261124090000_add_notes"),
        (
            value("name", "NAME", "what it changes: action and object; the number comes from the history"),
            value(
                "--for",
                "PATH",
                "draft the down script of this migration, which is there already",
                dest="path",
            ),
        ),
    ),
    *ON_DATABASES,
    Command(
        "explain",
        "tell what an id means, where it is defined, what shows and enforces it",
        (
            "handrail explain HIGH",
            "handrail explain item:backup-verified",
            "handrail explain --list operation",
        ),
        (
            value("id", "ID", "an id of the policy, or kind:id"),
            Option(
                ("--list",),
                {"nargs": "?", "const": "", "metavar": "KIND", "help": "list the ids, of one kind or of all"},
            ),
        ),
        ("text", "json"),
    ),
    Command(
        "schema-report",
        "tell what deleting a row takes along, empties, stops at and leaves behind",
        (
            "handrail schema-report",
            "handrail schema-report prisma/schema.prisma --format markdown",
            "handrail schema-report prisma/migrations",
            "handrail schema-report dev.db",
        ),
        (
            value(
                "path",
                "PATH",
                "a schema.prisma, a folder of .prisma files or of migrations, or a SQLite file; "
                "the policy's schema if left out",
            ),
        ),
        ("text", "json", "markdown"),
    ),
    Command(
        "schema",
        "print the JSON Schema of a policy file, or of what a command prints as JSON",
        ("handrail schema", "handrail schema risk-matrix", "handrail schema classify"),
        (value("name", "NAME", "the policy file, without .yaml, or the command; without it, the list"),),
    ),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose help opens with an example."""

    examples: Sequence[str] = ()

    def format_help(self) -> str:
        shown = "".join(f"  {example}\n" for example in self.examples)
        return f"Examples:\n{shown}\n{super().format_help()}" if shown else super().format_help()


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="handrail",
        description="Migration rules from one policy: documents, GitHub files, checks that agree.",
        epilog="Exit codes: 0 fine, 1 findings or drift, 2 unusable input or usage, 3 a bug of Handrail.",
    )
    parser.examples = ("handrail init", "handrail render", "handrail check")
    parser.add_argument("--version", action="version", version=f"handrail {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    groups: dict[str, _Commands] = {}
    for command in COMMANDS:
        group, _, name = command.name.rpartition(" ")
        if group and group not in groups:
            among = [each for each in COMMANDS if each.name.startswith(f"{group} ")]
            groups[group] = _group(commands, group, among)
        _add(groups[group] if group else commands, name, command)
    return parser


def _group(commands: _Commands, name: str, among: Sequence[Command]) -> _Commands:
    """Return where the second words of commands go whose first word is ``name``."""
    summary = "; ".join(f"{each.name.rpartition(' ')[2]}: {each.summary}" for each in among)
    parser = commands.add_parser(name, help=summary)
    parser.examples = [each.examples[0] for each in among]
    return parser.add_subparsers(metavar="ACTION", required=True, dest="action")


def _add(commands: _Commands, name: str, command: Command) -> None:
    summary = command.summary[0].upper() + command.summary[1:] + "."
    parser = commands.add_parser(name, help=command.summary, description=summary)
    parser.set_defaults(command=command.name)
    parser.examples = command.examples
    for option in command.options:
        parser.add_argument(*option.names, **option.settings)  # type: ignore[arg-type]  # settings are argparse's own
    parser.add_argument("--root", default=".", metavar="DIR", help="the repository (default: this folder)")
    if command.formats:
        parser.add_argument(
            "--format",
            choices=command.formats,
            default="text",
            help="how results are printed (default: text)",
        )
