"""Changes of a policy -> text, Markdown for a pull request, JSON."""

import json
from collections.abc import Sequence

from handrail.core.shown import inert
from handrail.policy.diff import Change

FORMS = ("text", "markdown", "json")
_TITLES = {
    "loosened": "Loosened",
    "tightened": "Tightened",
    "changed": "Changed",
    "reworded": "Reworded",
}


def render_changes(changes: Sequence[Change], title: str, form: str) -> str:
    """Return the changes in one of ``FORMS``; ``title`` names the two versions."""
    if form == "json":
        rows = [
            {
                "direction": change.direction,
                "subject": change.subject,
                "text": change.text,
                "path": change.location.path,
                "line": change.location.line,
            }
            for change in changes
        ]
        return json.dumps({"version": 1, "changes": rows}, indent=2) + "\n"
    if form == "markdown":
        return _markdown(changes, title)
    lines = [f"{' '.join(change.text.split())}: {change.direction}\n" for change in changes]
    return "".join(lines) or f"Nothing changed in meaning ({title}).\n"


def _markdown(changes: Sequence[Change], title: str) -> str:
    text = f"## Policy changes, {inert(title)}\n"
    if not changes:
        return text + "\nNothing changed in meaning.\n"
    for direction, heading in _TITLES.items():
        chosen = [change for change in changes if change.direction == direction]
        if chosen:
            text += f"\n### {heading}\n\n"
            text += "".join(
                f"- {inert(change.text)} (`{change.location.path}:{change.location.line}`)\n"
                for change in chosen
            )
    return text
