"""handrail diff: what changed in meaning between two versions of the policy."""

from handrail.artefacts.catalogue import BUILTIN
from handrail.commands.outcome import FINE, Outcome
from handrail.commands.validate import read_policy
from handrail.core.errors import HandrailError
from handrail.policy.diff import Change, diff_policies
from handrail.policy.load import FOLDER, Loaded, load_policy
from handrail.policy.model import Policy
from handrail.ports import Files, Repository
from handrail.reporters.changes import render_changes


def diff(files: Files, repository: Repository, old: str, new: str, form: str) -> Outcome:
    """Return the changes from revision ``old`` to ``new`` ('' for the files as they are).

    Raises ``HandrailError`` when a revision does not exist or its policy
    cannot be read by this version.
    """
    before = _policy(_at(repository, old), old)
    after = _policy(_at(repository, new) if new else read_policy(files), new or "the work tree")
    changes: tuple[Change, ...] = diff_policies(before, after)
    title = f"{old} to {new or 'the work tree'}"
    return Outcome(code=FINE, text=render_changes(changes, title, form))


def _at(repository: Repository, revision: str) -> Loaded:
    found = repository.files_at(revision, FOLDER)
    files = {path: raw for path, raw in found.items() if path.endswith((".yaml", ".yml"))}
    if not files:
        hint = "Name a later one, in which policies/ exists."
        raise HandrailError(f"revision '{revision}' has no policy", hint)
    return load_policy(files, BUILTIN)


def _policy(loaded: Loaded, name: str) -> Policy:
    if loaded.policy is None or not loaded.usable:
        first = next(finding for finding in loaded.findings if finding.severity == "error")
        message = f"the policy of {name} cannot be read: {first.location}: {first.message}"
        raise HandrailError(message, "Look at it with: handrail validate")
    return loaded.policy
