"""The checks that exist: what a policy may name as automatic enforcement.

A check is listed here only when something really runs it; tests hold this
list against the commands and the generated files.
"""

from typing import NamedTuple


class Check(NamedTuple):
    """One automatic check. ``run_by`` is ``ci`` or ``github``; ``what`` is a full sentence."""

    id: str
    title: str
    run_by: str
    what: str


CHECKS: tuple[Check, ...] = (
    Check(
        "policy-valid",
        "handrail validate",
        "ci",
        "Every policy file is complete and every reference resolves.",
    ),
    Check(
        "artefacts-in-step", "handrail check", "ci", "Every generated file is exactly what the policy says."
    ),
    Check(
        "handbook-links",
        "handrail check",
        "ci",
        "Every link, anchor and image of the handbook leads somewhere.",
    ),
    Check(
        "history-untouched",
        "handrail review",
        "ci",
        "No migration that the base branch has was edited, renamed or deleted.",
    ),
    Check(
        "code-owners", "CODEOWNERS", "github", "GitHub asks the owners of the migration paths for a review."
    ),
    Check(
        "pull-request-questions",
        "Pull-request template",
        "github",
        "GitHub puts the Database Changes section into every new pull request; it asks and cannot compel.",
    ),
)
