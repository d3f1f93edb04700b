"""How the gate's answer is shown, and where it is written."""

from typing import NamedTuple

from handrail.core.finding import Finding
from handrail.ports import PullRequests
from handrail.review.case import Decision

MARKER = "<!-- handrail:review -->"
"""Begins our comment, and tells it from what others wrote with the same account."""

LONGEST = 65_000
"""Characters of a comment; GitHub takes 65,536."""


class Shown(NamedTuple):
    """The answer in a format: a text, or findings for the reporter of that format."""

    text: str = ""
    findings: tuple[Finding, ...] = ()


def show_review(decision: Decision, form: str, *, colour: bool = False) -> Shown:
    """Return the answer in a format: text, markdown and json are texts, github and sarif are findings."""
    if form == "json":
        from handrail.reporters.review_json import render_review_json

        return Shown(render_review_json(decision))
    if form == "markdown":
        from handrail.reporters.review_markdown import render_review_markdown

        return Shown(render_review_markdown(decision))
    if form == "text":
        from handrail.reporters.review_text import render_review_text

        return Shown(render_review_text(decision, colour=colour))
    from handrail.review.findings import decision_findings

    found = decision_findings(decision)
    if form == "github":
        found = tuple(each for each in found if each.severity != "note")
    return Shown(findings=found)


def write_comment(pull_requests: PullRequests, number: int, text: str) -> None:
    """Write the one comment of a pull request, in place of the last that we wrote there."""
    ours = [each for each in pull_requests.comments(number) if each.mine and each.body.startswith(MARKER)]
    body = f"{MARKER}\n\n{text}"
    if len(body) > LONGEST:
        body = body[:LONGEST].rsplit("\n", 1)[0] + "\n\nCut here: the job summary has all of it.\n"
    if not ours or ours[-1].body.strip() != body.strip():
        pull_requests.write_comment(number, body, ours[-1].id if ours else None)
