"""The starter policy: the shipped one, without what is true of its example application only."""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from handrail.core.record import record
from handrail.policy.found import Found
from handrail.policy.runners import PLAIN, PRISMA, UNKNOWN, notes_on, opens_transaction, rehearsal

MARK = "# TODO"
"""Marks a line that the team has to look at."""

_VERSIONS = {"sqlite": "3.40", "postgresql": "16", "mysql": "8.4"}
_ENVIRONMENTS = "[production, staging, ci, local]"


@record
class Place:
    """Where the repository is: its web address, its default branch, the folder of the policy; '' for none."""

    url: str
    branch: str
    folder: str = ""

    @property
    def owner(self) -> str:
        """Return the account or organisation that the address names, or a word in its place."""
        found = re.match(r"https://[^/]+/([A-Za-z0-9-]+)/", self.url)
        return found[1] if found else "your-org"


def starter_files(
    drafts: Mapping[str, str], found: Found, place: Place, skip: Sequence[str] = ()
) -> dict[str, str]:
    """Return the starter's files (path -> text) from the shipped ones, without the artefacts in ``skip``."""
    return {path: _adapted(path, text, found, place, skip) for path, text in sorted(drafts.items())}


def _adapted(path: str, text: str, found: Found, place: Place, skip: Sequence[str]) -> str:
    text = _with_names(text, found, place)
    if not path.startswith("policies/"):
        return _without_decisions(_emptied_blocks(text))
    name = path.removeprefix("policies/")
    text = re.sub(r"^#.*\btests/.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ *covers: \[[^\]]*\]\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\[schema-risk:S\d+\]\]", "[[artefact:risk-register]]", text)
    changes: dict[str, Callable[[str], str]] = {
        "gaps.yaml": lambda old: _questioned(old, "today"),
        "integration.yaml": lambda old: _questioned(old, "before"),
        "team.yaml": lambda old: _team(old, place),
        "database.yaml": lambda old: _database(old, found),
        "naming.yaml": lambda old: _naming(old, found),
        "risks.yaml": lambda old: _without_list(old, "schema_risks"),
        "coverage.yaml": lambda old: _without_list(old, "rows"),
        "artefacts.yaml": lambda old: re.sub(
            r"^skip: .*$", f"skip: [{', '.join(('coverage', *skip))}]", old, flags=re.MULTILINE
        ),
        "roles.yaml": lambda old: _roles(old, place),
    }
    return changes.get(name, str)(text)


def _with_names(text: str, found: Found, place: Place) -> str:
    """Return the text with the folders, the branch, the runner and the form of names of the repository."""
    inside = f"`{found.folder}/`"
    text = text.replace("in `backend/`", f"in {inside}" if found.folder else "at the root of the repository")
    own = f"      folder: {found.folder}\n" if found.folder else ""
    text = text.replace("      folder: backend\n", own)
    text = text.replace("prisma/schema.prisma", _below(found.schema, found.folder))
    text = text.replace("prisma/migrations", _below(found.migrations, found.folder))
    text = text.replace("origin/main", f"origin/{place.branch}").replace("`main`", f"`{place.branch}`")
    text = text.replace("git switch main", f"git switch {place.branch}")
    if found.runner is not PRISMA:
        text = _with_commands(text, found)
    for shipped, own in (
        ("20251126_090000_add", found.names.first),
        ("20251203_141500_drop", found.names.second),
    ):
        text = text.replace(shipped, own + shipped.rpartition("_")[2])
    text = re.sub(r"^ +mv (\S+) \1\n", "", text, flags=re.MULTILINE)
    return text.replace("YYYYMMDD_HHMMSS_descriptive_name", found.names.format)


def _with_commands(text: str, found: Found) -> str:
    """Return the text with the commands of the runner; of an unknown one they are marked as to do."""
    runner, mark = found.runner, f" {MARK}" if found.runner is PLAIN else ""
    commands = {
        "up, on the copy": rehearsal(runner, engine_of(found), found.migrations),
        "up": runner.apply.format(migrations=found.migrations),
        "status": runner.status.format(migrations=found.migrations),
    }
    for words, own in commands.items():
        text = text.replace(f"run: {UNKNOWN} {words}\n", f"run: {own}{mark}\n")
    return text


def _below(path: str, folder: str) -> str:
    return path.removeprefix(folder + "/") if folder else path


def _questioned(text: str, key: str) -> str:
    """Return the text with a line that asks whether it is true of the team what stands under ``key``."""
    head, rest = text.split("\n", 1)
    ask = f"{MARK} What stands under '{key}:' is true of many teams. Correct what is not true of yours."
    return f"{head}\n{ask}\n{rest}"


def _marked(text: str, keys: str) -> str:
    """Return the text with the lines of these keys (a regular expression) marked as to do."""
    return re.sub(rf"^( +(?:{keys}): .*)$", rf"\1 {MARK}", text, flags=re.MULTILINE)


def _team(text: str, place: Place) -> str:
    name = place.url.rpartition("/")[2] or "application"
    address = place.url or "https://github.com/your-org/your-repository"
    text = _with_value(text, "name", json.dumps(f"The {name} team") + f" {MARK}")
    text = _with_value(text, "application", f"{json.dumps(name)} {MARK}")
    text = _with_value(text, "url", address if place.url else f"{address} {MARK}")
    folder = f"\n    folder: {json.dumps(place.folder)}" if place.folder else ""
    text = _with_value(text, "default_branch", json.dumps(place.branch) + folder)
    return _marked(_with_value(text, "handrail_from", "pypi"), "where|days|from_time|to_time|time_zone")


def _with_value(text: str, key: str, value: str) -> str:
    """Return the text with another value behind the first ``key``."""
    return re.sub(rf"^( +{key}: ).*$", lambda old: old[1] + value, text, count=1, flags=re.MULTILINE)


def _database(text: str, found: Found) -> str:
    """Return database.yaml with the one engine that was found, and its paths."""
    head, rest = text.split("databases:\n", 1)
    paths = rest.index("\npaths:")
    tail = rest[paths:]
    mark = f" {MARK}" if found.runner is PLAIN else ""
    values = {
        "schema": json.dumps(found.schema),
        "migrations": json.dumps(found.migrations),
        "up": json.dumps(found.runner.up),
        "down": json.dumps(found.runner.down) + mark,
    }
    for key, value in values.items():
        tail = _with_value(tail, key, value)
    tail = re.sub(r"^ +schema_here: .*\n", "", tail, flags=re.MULTILINE)
    tail = _marked(tail, "every_hours|kept_days|where|rpo_minutes|rto_minutes")
    head = re.sub(r"^orm: .*$", f"orm: {found.orm}", head, flags=re.MULTILINE)
    return f"{head}databases:\n{_engine(rest[: paths + 1], found)}{tail}"


def engine_of(found: Found) -> str:
    """Return the engine that was found, or the one to begin with."""
    return found.engine or ("sqlite" if found.orm == "prisma" else "postgresql")


def _engine(shipped: str, found: Found) -> str:
    """Return the entry of the engine: the shipped one for Prisma where there is one, or the runner's."""
    engine = engine_of(found)
    unsure = "" if found.engine else f" {MARK}"
    entries = re.split(r"^(?=  - engine: )", shipped, flags=re.MULTILINE)
    known = [entry for entry in entries if entry.startswith(f"  - engine: {engine}\n")]
    runner = _runner(engine, found)
    if known and found.runner is PRISMA:  # the queries of another application are of no use
        runner = known[0].split("    runner:\n", 1)[1].partition("    smoke:\n")[0]
    return (
        f"  - engine: {engine}{unsure}\n"
        f'    version: "{_VERSIONS[engine]}" {MARK}\n'
        f"    environments: {_ENVIRONMENTS}\n"
        f"    runner:\n{runner}"
    )


def _runner(engine: str, found: Found) -> str:
    runner, mark = found.runner, f" {MARK}" if found.runner is PLAIN else ""
    notes = notes_on(runner, engine).replace("\n", "\n\n        ")
    transaction = str(opens_transaction(runner, engine)).lower()
    return (
        f"      command: {runner.apply.format(migrations=found.migrations)}{mark}\n"
        f"      transaction: {transaction}{mark}\n"
        f"      notes: >-{mark}\n        {notes}\n"
    )


def _naming(text: str, found: Found) -> str:
    """Return naming.yaml with the repository's own form, and with names that follow it and do not."""
    names = found.names
    if found.orm == "prisma":  # the shipped expression takes both forms of stamp
        return _without_repeats(text)
    text = _with_value(text, "pattern", names.pattern)
    good = [(names.first + "add_recipe_notes", "Number, action, object.")]
    good.append((names.second + "drop_user_nickname", "Says that a column goes, and which one."))
    bad = [
        (names.first.strip("_"), "A number alone does not say what changed."),
        ("add_recipe_notes", "Without a number the order is the alphabet."),
        (
            names.first + "Add-Recipe-Notes",
            "Capitals and hyphens; use small letters, digits and underscores.",
        ),
    ]
    if names.format.startswith("V"):
        bad[2] = (
            names.first.rstrip("_") + "_add_recipe_notes",
            "One underscore behind the version; it takes two.",
        )
    for key, examples in (("good", good), ("bad", bad)):
        lines = "".join(f'    - name: "{name}"\n      because: {because}\n' for name, because in examples)
        text = re.sub(rf"^  {key}:\n(?:    .*\n)+", f"  {key}:\n{lines}", text, flags=re.MULTILINE)
    return text


def _without_repeats(text: str) -> str:
    """Return naming.yaml without a second example of one name."""
    seen: set[str] = set()

    def once(example: re.Match[str]) -> str:
        repeated = example[1] in seen
        seen.add(example[1])
        return "" if repeated else example[0]

    return re.sub(r"^    - name: (.*)\n(?:      .*\n)*", once, text, flags=re.MULTILINE)


def _roles(text: str, place: Place) -> str:
    text = re.sub(r"^    members:.*\n(?:      .*\n)*", f"    members: [] {MARK}\n", text, flags=re.MULTILINE)
    text = re.sub(r"^# The logins below are placeholders.*After", "# After", text, flags=re.MULTILINE)
    return re.sub(
        r"^( +github_team: )[^/]+/(.*)$", rf"\g<1>{place.owner}/\g<2> {MARK}", text, flags=re.MULTILINE
    )


def _without_decisions(text: str) -> str:
    """Return mkdocs.yml without the pages about Handrail itself."""
    text = text.replace("  /decisions/0*.md\n", "")
    return re.sub(r"^.*decisions/index\.md\n", "", text, flags=re.MULTILINE)


def _without_list(text: str, key: str) -> str:
    """Return the text with the top-level list ``key`` emptied."""
    return re.sub(rf"^{key}:.*\n((?:[ #].*)?\n)*", f"{key}: []\n", text, flags=re.MULTILINE)


def _emptied_blocks(text: str) -> str:
    """Return the text with its generated blocks empty and without a checksum: new ones."""
    pattern = re.compile(
        r"(handrail:begin (?P<id>[\w-]+).*\n)(?:.*\n)*?(?P<indent>.*)(?P<end>handrail:end (?P=id)) [0-9a-f]+"
    )
    return pattern.sub(lambda found: found[1] + found["indent"] + found["end"], text)
