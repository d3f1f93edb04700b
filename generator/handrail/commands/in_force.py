"""Which policy judges a branch, and what the branch takes away from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handrail.artefacts.catalogue import BUILTIN
from handrail.core.errors import HandrailError
from handrail.core.location import Location
from handrail.policy.diff import Change, diff_policies
from handrail.policy.model import Policy
from handrail.policy.rulebook import FOLDER, dump_policy, key_of, load_kept_policy
from handrail.ports import Branch, Cache, Files
from handrail.review.case import Loosening

PLACES = "database: paths"
"""What ``handrail diff`` calls the folders of the policy: whoever moves them moves the gate."""
_STANDS_ON = re.compile(
    r": (?:check|means|kind|requirement|engine|orm|transaction|pattern|deploy window|from time|to time)"
    r" is now |(?:added to|removed from) days$"
)
"""How ``handrail diff`` tells of another value where nobody can say which one asks for more."""
_YAML = (".yaml", ".yml")


def refuse_links(files: Files, place: str, changed: Mapping[str, str]) -> None:
    """Raise ``HandrailError`` where a folder, or what changed in it, is a link or another repository.

    What lies behind a link can change without a change in the folder, and then
    nobody would ask about it.
    """
    inside = [path for path in changed if path.startswith(f"{place}/")]
    link = next(
        (path for path in (*_above(place), *files.find(place, _YAML), *inside) if files.is_link(path)), ""
    )
    if link:
        hint = "Put there what it points to: what changes behind a link is not seen here."
        raise HandrailError(f"{link} is a symbolic link", hint)
    other = next((path for path in inside if files.is_folder(path)), "")
    if other:
        raise HandrailError(
            f"{other} is a repository of its own", "Put its files there: nobody reads a submodule."
        )


def _above(place: str) -> Iterator[str]:
    """Yield a folder and those that it lies in."""
    words = place.split("/")
    yield from ("/".join(words[: count + 1]) for count in range(len(words)))


class Span(NamedTuple):
    """Two revisions: where the branch left the one that it goes to, and that one as it is now."""

    start: str
    tip: str


def find_policy(
    files: Files, cache: Cache, branch: Branch, span: Span, changed: Mapping[str, str]
) -> tuple[Policy, Loosening | None]:
    """Return the policy that judges a branch, and what the branch takes away from it.

    It is that of the tip, not that of the start: else an old branch would be
    judged by rules that are no longer in force.
    """
    here = {path: files.read(path) for path in files.find(FOLDER, _YAML)}
    head = _policy_here(files, cache, here)
    touched = any(path.startswith(f"{FOLDER}/") for path in changed)
    if not touched and span.start == span.tip:
        return head, None
    was = _files_at(branch, span.start)
    now = _files_at(branch, span.tip) or was
    if not now or now == here:
        return head, None  # its first policy, and nothing to loosen; or the very same
    before = _read(now)
    if before is None:
        text = "the policy of the base cannot be read by this version, so nobody knows what is loosened"
        unknown = Change("loosened", "policy", text, Location(FOLDER))
        return head, Loosening((unknown,), head.risk_matrix.levels[-1].id, head)
    if not touched:
        _refuse_moved(head, before)
        return before, None
    left = before if now == was else _read(was) or before
    _refuse_moved(left, before)
    changes = tuple(each for each in diff_policies(left, head) if _loosens(each))
    return before, Loosening(changes, _level_of(changes, before), before) if changes else None


def _files_at(branch: Branch, revision: str) -> dict[str, bytes]:
    found = branch.files_at(revision, FOLDER)
    return {path: raw for path, raw in found.items() if path.endswith(_YAML)}


def _read(files: Mapping[str, bytes]) -> Policy | None:
    from handrail.policy.load import load_policy  # loads the readers of YAML

    loaded = load_policy(files, BUILTIN)
    return loaded.policy if loaded.usable else None


def _refuse_moved(left: Policy, now: Policy) -> None:
    """Raise ``HandrailError`` where the migrations of the base lie elsewhere since the branch left it."""
    if left.database.paths != now.database.paths:
        hint = "Merge the base into the branch."
        raise HandrailError("the base has its migrations or its schema in another place by now", hint)


def _policy_here(files: Files, cache: Cache, there: Mapping[str, bytes]) -> Policy:
    """Return the policy of the work tree, from the cache where none of its files changed."""
    key = key_of(there)
    kept = load_kept_policy(key, cache.load())
    if kept is not None:
        return kept
    from handrail.commands.validate import read_policy  # loads the readers of YAML

    loaded = read_policy(files)
    if loaded.policy is None or not loaded.usable:
        raise HandrailError("the policy of this branch cannot be read", "Look at it with: handrail validate")
    cache.save(dump_policy(key, loaded.policy))
    return loaded.policy


def _loosens(change: Change) -> bool:
    """Tell whether a change may take something away: what the gate stands on has no stricter value."""
    stands = change.subject == PLACES or _STANDS_ON.search(change.text)
    return change.direction == "loosened" or (change.direction == "changed" and bool(stands))


def _level_of(changes: Sequence[Change], before: Policy) -> str:
    """Return the highest level that the changes name, themselves or by an operation.

    It is the highest there is for a change that names none.
    """
    order = [each.id for each in before.risk_matrix.levels]
    levels: dict[str, tuple[str, ...]] = {each: (each,) for each in order}
    levels |= {
        each.id: (each.level, *(one.level for one in each.raised)) for each in before.operations.operations
    }
    highest = 0
    for change in changes:
        words = re.findall(r"[\w.-]*\w", f"{change.subject} {change.text}")
        named = [order.index(level) for word in words for level in levels.get(word, ())]
        highest = max(highest, *named) if named else len(order) - 1
    return order[highest]
