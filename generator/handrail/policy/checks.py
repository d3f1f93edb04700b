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
        "review-declaration",
        "handrail review",
        "ci",
        "Every question that the level asks has an answer that fits the change; the declared level is not "
        "below the computed one.",
    ),
    Check("review-checklists", "handrail review", "ci", "Every box that the level asks for is ticked."),
    Check("review-migration", "handrail review", "ci", "No schema changed without a migration."),
    Check(
        "review-history",
        "handrail review",
        "ci",
        "Migrations are named by the rules and sort last, and none that the base branch has was touched.",
    ),
    Check(
        "review-approvals",
        "handrail review",
        "ci",
        "Every role of the level has approved the last commit, one person a seat.",
    ),
    Check(
        "review-cascades", "handrail review", "ci", "Each delete rule that appears or changes has a reason."
    ),
    Check("review-rollback", "handrail review", "ci", "The way back is declared, and the files bear it out."),
    Check(
        "review-rollback-rehearsed",
        "handrail review",
        "ci",
        "Evidence of a rollback of exactly these scripts is committed, and young enough.",
    ),
    Check(
        "review-rehearsal",
        "handrail review",
        "ci",
        "Evidence of a rehearsal of exactly these scripts is committed, and young enough.",
    ),
    Check(
        "review-backup",
        "handrail review",
        "ci",
        "Evidence of a restored and compared backup within the recovery point objective is committed.",
    ),
    Check(
        "review-restore",
        "handrail review",
        "ci",
        "Evidence of a timed restore is committed and young enough.",
    ),
    Check("review-window", "handrail review", "ci", "A date and time within the deploy window is named."),
    Check(
        "review-policy",
        "handrail review",
        "ci",
        "A change that loosens the policy has the approvals of the level that it loosens.",
    ),
    Check(
        "deploy-history",
        "handrail deploy-check",
        "ci",
        "No migration of the database failed, was edited or is unknown here; only what was asked for is "
        "pending, in its order.",
    ),
    Check(
        "deploy-engine",
        "handrail deploy-check",
        "ci",
        "Engine and version of the database, and of what was rehearsed, are those of the policy.",
    ),
    Check(
        "deploy-backup",
        "handrail deploy-check",
        "ci",
        "A backup was restored and compared, and is younger than the recovery point objective.",
    ),
    Check(
        "deploy-way-back",
        "handrail deploy-check",
        "ci",
        "Evidence of the way back of exactly the pending scripts is there and young enough, and of the "
        "restore where the level asks for it.",
    ),
    Check(
        "deploy-rehearsal",
        "handrail deploy-check",
        "ci",
        "Evidence of a rehearsal of exactly the pending scripts is there and young enough.",
    ),
    Check(
        "deploy-window",
        "handrail deploy-check",
        "ci",
        "The deploy window of the level is open.",
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
