"""Findings as annotations of GitHub Actions."""

from collections.abc import Sequence

from handrail.core.finding import Finding

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_ORDER = {"error": 0, "warning": 1, "note": 2}


def render_github(findings: Sequence[Finding]) -> str:
    """Return one workflow command a finding, worst first: GitHub shows ten of a kind a step."""
    ordered = sorted(findings, key=lambda finding: _ORDER[finding.severity])
    return "".join(_command(finding) for finding in ordered)


def _command(finding: Finding) -> str:
    where = finding.location
    properties = (
        f"file={_property(where.path)},line={where.line},col={where.column},title={_property(finding.code)}"
    )
    text = f"{finding.message}\n{finding.hint}".strip()
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(text)}\n"


def _data(text: str) -> str:
    text = text.replace("##[", "# #[")  # an older form of command
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
