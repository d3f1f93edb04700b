"""handrail classify: what migrations do, and the risk level of each by the policy."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from handrail.commands.model import find_model_readings
from handrail.commands.names import find_names
from handrail.commands.outcome import FINE, FOUND, Outcome
from handrail.commands.since import compare_with_base
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding, has_errors, sorted_findings
from handrail.core.suggest import did_you_mean
from handrail.migrations.fold import Opened, Reading, read_histories
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.histories import DEFAULT, Histories, Migration, read_migrations
from handrail.migrations.layouts import SUFFIXES
from handrail.migrations.operations import Operation, Script
from handrail.migrations.quotes import Dialect
from handrail.migrations.snapshots import Snapshots
from handrail.policy.rulebook import FOLDER, Rules, dump_rulebook, key_of, load_rulebook, rulebook_of
from handrail.ports import Cache, Clock, Files, Repository, Scratch
from handrail.risk.classify import Classifier
from handrail.risk.levels import Levels
from handrail.risk.verdict import Verdict, as_findings

STDIN = "<stdin>"
FORMATS = ("text", "json", "github", "sarif", "markdown")


class ClassifyOptions(NamedTuple):
    """What to classify, and how to show it.

    ``paths``: files or folders, none for the policy's migrations; ``base``: a
    revision, to classify only what is new since; ``script``: text from
    standard input instead; ``dialect``: '' to find out;
    ``tip``: the revision that the migrations will join, when ``base`` is older; ``fail_on``: '' or the
    level from which on the exit code is 1.
    """

    paths: tuple[str, ...] = ()
    base: str = ""
    script: str | None = None
    dialect: Dialect | None = None
    tip: str = ""
    fail_on: str = ""
    form: str = "text"


class World(NamedTuple):
    """The ports of the command. ``scratch`` opens an empty SQLite database, ``cache`` keeps the rules."""

    files: Files
    repository: Repository
    clock: Clock
    scratch: Callable[[], Scratch]
    cache: Cache


def classify(
    world: World, options: ClassifyOptions, snapshots: Snapshots, *, colour: bool = False
) -> Outcome:
    """Return the verdict on migrations as text in the format asked for.

    Exit code 1 for a finding of severity error, or for a level from
    ``fail_on`` on. Raises ``HandrailError`` when nothing can be read.
    """
    policy = _rules(world.files, world.cache)
    levels = Levels(policy)
    if options.fail_on and options.fail_on not in levels.order:
        hint = did_you_mean(options.fail_on, levels.order) or f"There are {', '.join(levels.order)}."
        raise HandrailError(f"the policy has no level '{options.fail_on}'", hint)
    verdict = judge(world, policy, options, snapshots)
    failed = bool(options.fail_on) and levels.at_least(verdict.level, options.fail_on)
    findings = verdict.all_findings
    code = FOUND if failed or has_errors(findings) else FINE
    return _shown(verdict, findings, levels, options.form, code, colour=colour)


def judge(world: World, policy: Rules, options: ClassifyOptions, snapshots: Snapshots) -> Verdict:
    """Return the verdict of a policy on migrations. Raises ``HandrailError`` when nothing can be read."""
    histories, wanted, extra = _histories(world, policy, options)

    def opened(first: Migration) -> Opened:
        return _opened(world, policy, first)

    readings: Iterator[Reading] = read_histories(histories.migrations, opened, wanted, snapshots)
    if options.script is None and not any(path.endswith(".sql") for path in options.paths):
        there = tuple(each for each in histories.migrations if each.up.text)
        models = find_model_readings(world.files, policy, there, opened, snapshots)
        readings = chain(readings, models)
    classifier = Classifier(policy, world.clock.today())
    verdict = classifier.classify(
        readings, extra, whole=not (options.paths or options.base or options.script is not None)
    )
    names = find_names(policy, histories.migrations, wanted) if options.script is None else ()
    return verdict._replace(findings=sorted_findings((*verdict.findings, *histories.findings, *names)))


def _rules(files: Files, cache: Cache) -> Rules:
    """Return the rules of the policy, from the cache where none of its files changed."""
    key = key_of({path: files.read(path) for path in files.find(FOLDER, (".yaml", ".yml"))})
    kept = load_rulebook(key, cache.load())
    if kept is not None:
        return kept
    from handrail.commands.validate import usable_policy  # loads the readers of YAML

    book = rulebook_of(usable_policy(files))
    cache.save(dump_rulebook(key, book))
    return book


def _histories(
    world: World, policy: Rules, options: ClassifyOptions
) -> tuple[Histories, Callable[[Migration], bool], Mapping[str, Sequence[Operation]]]:
    """Return the migrations to fold, which of them to show, and what only the history tells."""
    engine = policy.database.databases[0].engine if policy.database.databases else None
    if options.script is not None:
        dialect = options.dialect or engine or DEFAULT
        one = Migration(STDIN, STDIN, dialect, Script(STDIN, options.script))
        return Histories((one,), ()), lambda _: True, {}
    paths = options.paths or (policy.database.paths.migrations,)
    there, asked = _files(world.files, paths)
    default = engine or DEFAULT
    known = engine if _are_the_policys(policy, paths) else None
    histories = read_migrations(there, world.files.read, options.dialect, known, default)
    if not histories.migrations and not histories.findings:
        hint = "Name files or folders, or correct paths.migrations in policies/database.yaml."
        raise HandrailError(f"there are no migrations in {', '.join(paths)}", hint)
    if not options.base:
        return histories, lambda each: each.path in asked, {}
    home = "" if options.paths else policy.database.paths.migrations
    since = compare_with_base(world.repository, options.base, histories, asked, options.tip, home)
    return since.histories, lambda each: each.path in since.new, since.operations


def _are_the_policys(policy: Rules, paths: Sequence[str]) -> bool:
    """Tell whether the paths lie in the folder that the policy calls its migrations."""
    home = policy.database.paths.migrations
    return all(f"{path}/".startswith(f"{home}/") for path in paths)


def _files(files: Files, paths: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the files of the histories that ``paths`` belong to, and those that were asked for."""
    there: dict[str, None] = {}
    asked: set[str] = set()
    for path in paths:
        clean = path.rstrip("/") or "."
        clean = clean.removeprefix("./")
        if not files.exists(clean):
            raise HandrailError(f"{path} is not there", "Name a file or folder below the repository's root.")
        found = files.find(clean, SUFFIXES) if files.is_folder(clean) else (clean,)
        asked.update(found)
        there.update(dict.fromkeys(found))
        if not files.is_folder(clean):
            there.update(dict.fromkeys(files.find(_history_of(clean), SUFFIXES)))
    return tuple(there), frozenset(asked)


def _history_of(path: str) -> str:
    """Return the folder that holds the history of a script: of ``x/migration.sql`` the one above ``x``."""
    folder, _, name = path.rpartition("/")
    if name in ("migration.sql", "up.sql", "down.sql"):
        folder = folder.rpartition("/")[0]
    return folder or "."


def _opened(world: World, policy: Rules, first: Migration) -> Opened:
    runner = next((each.runner for each in policy.database.databases if each.engine == first.dialect), None)
    applied = Runner(transaction=bool(runner and runner.transaction))
    return Opened(front_end(first.dialect, applied, world.scratch), applied)


def _shown(
    verdict: Verdict, findings: Sequence[Finding], levels: Levels, form: str, code: int, *, colour: bool
) -> Outcome:
    """Return the outcome in a format; machine formats are findings that the caller's reporter prints."""
    if form == "json":
        from handrail.reporters.risk_json import render_risk_json

        return Outcome(code=code, text=render_risk_json(verdict))
    if form == "markdown":
        from handrail.reporters.risk_markdown import render_risk_markdown

        return Outcome(code=code, text=render_risk_markdown(verdict, levels.order))
    if form == "text":
        from handrail.reporters.risk_text import render_risk_text

        text = render_risk_text(verdict, levels.order, colour=colour)
        return Outcome(code=code, text=text, findings=tuple(findings))
    shown = as_findings(verdict, levels.order[0])
    if form == "github":
        shown = tuple(each for each in shown if each.severity != "note")
    return Outcome(code=code, findings=shown)
