"""Findings -> text. One file a format, one line in REPORTERS."""

from collections.abc import Callable, Sequence

from handrail.core.finding import Finding


def report(findings: Sequence[Finding], form: str, *, colour: bool = False) -> str:
    """Return ``findings`` in one of ``FORMATS``. Only ``text`` takes colour."""
    if form == "text":
        from handrail.reporters.text import render_text

        return render_text(findings, colour=colour)
    return _machine(form)(findings)


def _machine(form: str) -> Callable[[Sequence[Finding]], str]:
    # Imported one at a time: each run needs one reporter, and start-up is counted.
    if form == "json":
        from handrail.reporters.json import render_json

        return render_json
    if form == "github":
        from handrail.reporters.github import render_github

        return render_github
    from handrail.reporters.sarif import render_sarif

    return render_sarif


FORMATS = ("text", "json", "github", "sarif")
