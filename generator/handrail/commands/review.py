"""handrail review: what a pull request declares, what it does, and who has approved."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from handrail.artefacts.catalogue import ARTEFACTS
from handrail.artefacts.homes import HOMES
from handrail.commands.classify import ClassifyOptions, World, judge
from handrail.commands.in_force import Span, find_policy, refuse_links
from handrail.commands.outcome import FINE, FOUND
from handrail.commands.schema_files import SUFFIX
from handrail.core.errors import HandrailError
from handrail.core.pull_request import PullRequest, Review
from handrail.migrations.snapshots import Snapshots
from handrail.policy.model import Policy
from handrail.policy.projection import files_address
from handrail.policy.rulebook import FOLDER
from handrail.ports import Branch, Files
from handrail.review.body import Declaration, parse_body, words_of
from handrail.review.case import SCHEMA, Case, Decision, Loosening
from handrail.review.decide import decide
from handrail.review.programs import program_risks
from handrail.risk.levels import Levels
from handrail.risk.verdict import MigrationRisk, Verdict
from handrail.source.evidence import EvidenceFile, read_evidence

SCRIPTS = (".sql", ".SQL")


class Asked(NamedTuple):
    """The pull request to judge, with its reviews."""

    pull_request: PullRequest
    reviews: Sequence[Review]


def review(
    world: World,
    branch: Branch,
    pull_request: PullRequest,
    reviews: Sequence[Review],
    base: str,
    snapshots: Snapshots,
) -> Decision:
    """Return the gate's answer on the work tree as a change of the revision ``base``.

    The policy in force is that of the base, so that no change can approve
    itself. Raises ``HandrailError`` when something cannot be read: no answer is
    no green light.
    """
    case = read_case(world, branch, Asked(pull_request, reviews), base, snapshots)
    return decide(case, _pages(case.policy))


def read_case(world: World, branch: Branch, asked: Asked, base: str, snapshots: Snapshots) -> Case:
    """Return all that the gate looks at. Raises ``HandrailError`` when something cannot be read."""
    start = branch.merge_base(base)
    changed = branch.changed(start)
    refuse_links(world.files, FOLDER, changed)
    policy, loosening = find_policy(world.files, world.cache, branch, Span(start, base), changed)
    refuse_links(world.files, policy.database.paths.migrations, changed)
    verdict = _verdict(world, policy, start, base, changed, snapshots)
    return _case(world, policy, asked, changed, verdict, loosening)


def code_of(decision: Decision) -> int:
    """Return the exit code: 0 when nothing is missing, 1 otherwise."""
    return FINE if decision.passed else FOUND


def _verdict(
    world: World,
    policy: Policy,
    start: str,
    tip: str,
    changed: Mapping[str, str],
    snapshots: Snapshots,
) -> Verdict:
    """Return what the new migrations do; a schema file that did not change says nothing about this change."""
    options = ClassifyOptions(base=start, tip=tip)
    home = policy.database.paths.migrations
    if not _has_scripts(world.files, home):
        if any(path.startswith(f"{home}/") and path.endswith(SCRIPTS) for path in changed):
            raise HandrailError(f"{home} is gone", "Leave the migrations where the policy has them.")
        verdict = Verdict(Levels(policy).order[0], ())
    else:
        verdict = judge(world, policy, options, snapshots)
    kept = tuple(each for each in verdict.migrations if not _stands_still(each, changed))
    kept += program_risks(policy, changed)
    level = Levels(policy).highest(each.level for each in kept)
    return verdict._replace(level=level, migrations=kept)


def _has_scripts(files: Files, home: str) -> bool:
    """Tell whether there is a history: a new project has its folder, and no migration yet."""
    return files.is_folder(home) and bool(files.find(home, SCRIPTS))


def _stands_still(risk: MigrationRisk, changed: Mapping[str, str]) -> bool:
    """Tell whether this is about a schema file of which no part changed."""
    if not any(each.operation.kind.startswith("model.") for each in risk.operations):
        return False
    return not _schema_changed(risk.path, changed)


def _schema_changed(path: str, changed: Mapping[str, str]) -> bool:
    """Tell whether a schema file changed, or another of its folder; ``path`` may be the folder itself."""
    folder = path.rpartition("/")[0] if path.endswith(SUFFIX) else path
    beside = (each for each in changed if each.startswith(f"{folder}/") and each.endswith(SUFFIX))
    return path in changed or any(beside)


def _case(
    world: World,
    policy: Policy,
    asked: Asked,
    changed: Mapping[str, str],
    verdict: Verdict,
    loosening: Loosening | None,
) -> Case:
    declaration = declaration_of(policy, asked.pull_request.body)
    touched = bool(verdict.migrations) or _touches(policy, changed, world.files)
    declared = declaration.ticked(_level_field(policy))
    clear = len(declared) == 1 and declaration.clash(_level_field(policy)) is None
    one = declared[0] if clear else ""
    return Case(
        policy=policy,
        pull_request=asked.pull_request,
        reviews=asked.reviews,
        declaration=declaration,
        verdict=verdict,
        changed=changed,
        evidence=_evidence(world.files, policy),
        digests=_digests(world.files, verdict),
        touched=touched,
        declared=one,
        level=_level(policy, verdict, one, touched or _says_schema(policy, declaration)),
        now=world.clock.now(),
        loosening=loosening,
    )


def declaration_of(policy: Policy, body: str) -> Declaration:
    """Return what a body declares, in the words of a policy's template."""
    form = policy.pull_request.pull_request
    lists = tuple(each for each in policy.checklists.checklists if each.id in form.checklists)
    return parse_body(body, words_of(form, lists, [each.id for each in policy.risk_matrix.levels]))


def _touches(policy: Policy, changed: Mapping[str, str], files: Files) -> bool:
    """Tell whether a script changed, or a schema that cannot be held against any history."""
    paths = policy.database.paths
    if any(each.startswith(f"{paths.migrations}/") and each.endswith(SCRIPTS) for each in changed):
        return True
    return not _has_scripts(files, paths.migrations) and _schema_changed(paths.schema, changed)


def _level_field(policy: Policy) -> str:
    fields = policy.pull_request.pull_request.fields
    return next((each.id for each in fields if each.kind == "level"), "")


def _says_schema(policy: Policy, declaration: Declaration) -> bool:
    return any(
        option.means == "schema" and option.id in declaration.ticked(field.id)
        for field in policy.pull_request.pull_request.fields
        for option in field.options
    )


def _level(policy: Policy, verdict: Verdict, declared: str, is_change: bool) -> str:
    """Return the level that decides what is asked: the higher of declared and computed."""
    if not is_change:
        return ""
    return Levels(policy).highest(each for each in (verdict.level, declared) if each)


def _evidence(files: Files, policy: Policy) -> tuple[EvidenceFile, ...]:
    folder = policy.database.paths.evidence
    if not files.is_folder(folder):
        return ()
    return tuple(read_evidence(path, files.read(path)) for path in files.find(folder, (".json",)))


def _digests(files: Files, verdict: Verdict) -> dict[str, str]:
    """Return the SHA-256 of each script that is there, by path."""
    scripts = (each.path for each in verdict.migrations if not _is_schema(each))
    there = {path: files.read_or_none(path) for path in scripts}
    return {path: sha256(raw).hexdigest() for path, raw in there.items() if raw is not None}


def _is_schema(risk: MigrationRisk) -> bool:
    return any(each.operation.kind == SCHEMA for each in risk.operations)


def _pages(policy: Policy) -> Callable[[str], str]:
    """Return what finds the handbook's page of a requirement."""
    home = HOMES["requirement"]
    path = next(each.path for each in ARTEFACTS if each.id == home)
    skipped = home in policy.artefacts.skip
    return lambda key: "" if skipped else f"{files_address(policy)}/{path}#{key}"
