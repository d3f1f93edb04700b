"""handrail validate: every problem of every policy file."""

from collections.abc import Mapping

from handrail.artefacts.catalogue import BUILTIN
from handrail.artefacts.homes import find_shared_anchors
from handrail.commands.outcome import Outcome, judged
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding, sorted_findings
from handrail.core.location import Location
from handrail.core.record import replace
from handrail.policy.load import FOLDER, Loaded, load_policy
from handrail.policy.model import FILES, Policy
from handrail.ports import Files
from handrail.source.yaml_nodes import MAX_BYTES


def validate(files: Files) -> Outcome:
    """Return the findings about ``policies/``, and a line that says what was read."""
    loaded = read_policy(files)
    if loaded.policy is None:
        return judged(loaded.findings)
    count = sum(len(known) for known in loaded.index.definitions.values())
    references = len(loaded.index.references)
    text = f"{FOLDER}/: {count} entries and {references} references read.\n"
    return judged(loaded.findings, text)


def read_policy(files: Files) -> Loaded:
    """Return the policy of the repository. A file that cannot be read is a finding.

    Findings: ``file.unreadable``, and those of ``load_policy`` and ``find_shared_anchors``.
    """
    raw: dict[str, bytes] = {}
    unreadable: list[Finding] = []
    folders = {f"{FOLDER}/{stem}.yaml" for stem in FILES if files.exists(f"{FOLDER}/{stem}.yaml")}
    for path in sorted({*policy_paths(files), *folders}):
        try:
            raw[path] = files.read(path, MAX_BYTES + 1)
        except HandrailError as error:
            where = Location(path)
            message = f"cannot be read: {str(error).removeprefix(path + ': ')}"
            unreadable.append(Finding("file.unreadable", message, where, hint=error.hint))
    places = {finding.location for finding in unreadable}
    loaded = _with_shared_anchors(load_policy(raw, BUILTIN, unreadable), raw)
    once = (each for each in loaded.findings if each.code == "file.unreadable" or each.location not in places)
    return replace(loaded, findings=tuple(once)) if unreadable else loaded


def usable_policy(files: Files) -> Policy:
    """Return the policy to judge by. Raises ``HandrailError`` where it has errors: no rule is half a rule."""
    loaded = read_policy(files)
    if loaded.policy is None or not loaded.usable:
        raise HandrailError("the policy cannot be read", "Look at it with: handrail validate")
    return loaded.policy


def _with_shared_anchors(loaded: Loaded, raw: Mapping[str, bytes]) -> Loaded:
    if loaded.policy is None:
        return loaded
    shared = [
        each._replace(source=raw[each.location.path].decode("utf-8-sig").splitlines()[each.location.line - 1])
        for each in find_shared_anchors(loaded.policy, loaded.index)
    ]
    if not shared:
        return loaded
    return replace(loaded, findings=sorted_findings((*loaded.findings, *shared)))


def policy_paths(files: Files) -> tuple[str, ...]:
    """Return the policy files of the repository. Raises ``HandrailError`` when there are none."""
    paths = files.find(FOLDER, (".yaml", ".yml"))
    if not paths:
        raise HandrailError(
            f"there is no policy: {FOLDER}/ holds no YAML file",
            "Run: handrail init, or point --root at the repository.",
        )
    return paths
