"""Every artefact that Handrail ships, in the order of the navigation."""

from typing import Literal, NamedTuple

from handrail.policy.checks import CHECKS

Kind = Literal["page", "github", "block", "schema"]


class ArtefactSpec(NamedTuple):
    """One line of the catalogue.

    ``path`` is where it is written (``{id}`` with ``each``: one file an entry
    of that kind); the template has the same path below ``templates/``, plus
    ``.j2``. ``section`` is its place in the navigation; pages that are not
    ``listed`` there are reached from an index. A block stands inside a
    hand-written file.
    """

    id: str
    path: str
    title: str = ""
    section: str = ""
    kind: Kind = "page"
    each: str = ""
    listed: bool = True


ARTEFACTS: tuple[ArtefactSpec, ...] = (
    ArtefactSpec("home", "docs/index.md", "Home"),
    ArtefactSpec(
        "migration-guide", "docs/DATABASE_MIGRATION_GUIDE.md", "Migration guide", "Change the schema"
    ),
    ArtefactSpec("risk-levels", "docs/RISK_LEVELS.md", "Risk levels", "Change the schema"),
    ArtefactSpec("operations", "docs/OPERATIONS.md", "Operations", "Change the schema"),
    ArtefactSpec("operation", "docs/operations/{id}.md", each="operation", listed=False),
    ArtefactSpec("naming", "docs/NAMING.md", "Naming", "Change the schema"),
    ArtefactSpec("checklist", "docs/checklists/{id}.md", "", "Checklists", each="checklist"),
    ArtefactSpec("approval-matrix", "docs/APPROVAL_MATRIX.md", "Approval matrix", "Review a change"),
    ArtefactSpec("roles", "docs/ROLES.md", "Roles", "Review a change"),
    ArtefactSpec("waivers", "docs/WAIVERS.md", "Waivers", "Review a change"),
    ArtefactSpec("disaster-recovery", "docs/DISASTER_RECOVERY.md", "Disaster recovery", "When it went wrong"),
    ArtefactSpec("runbook", "docs/runbooks/{id}.md", "", "When it went wrong", each="runbook"),
    ArtefactSpec("gap-analysis", "docs/GAP_ANALYSIS.md", "Gap analysis", "Why and how we know"),
    ArtefactSpec("risk-register", "docs/RISK_REGISTER.md", "Risk register", "Why and how we know"),
    ArtefactSpec("schema-risks", "docs/SCHEMA_RISKS.md", "Schema risks", "Why and how we know"),
    ArtefactSpec("metrics", "docs/METRICS.md", "Metrics", "Why and how we know"),
    ArtefactSpec("recommendations", "docs/RECOMMENDATIONS.md", "Recommendations", "Why and how we know"),
    ArtefactSpec("coverage", "docs/COVERAGE.md", "Coverage", "Why and how we know"),
    ArtefactSpec("rollout", "docs/ROLLOUT.md", "Rollout", "Take it up"),
    ArtefactSpec("integration-guide", "docs/INTEGRATION_GUIDE.md", "Integration guide", "Take it up"),
    ArtefactSpec("open-decisions", "docs/OPEN_DECISIONS.md", "Decisions", "Take it up"),
    ArtefactSpec("faq", "docs/FAQ.md", "Questions and answers", "Take it up"),
    ArtefactSpec("glossary", "docs/GLOSSARY.md", "Glossary", "Take it up"),
    ArtefactSpec("pull-request-template", ".github/PULL_REQUEST_TEMPLATE.md", kind="github"),
    ArtefactSpec(
        "migration-pull-request-template", ".github/PULL_REQUEST_TEMPLATE/migration.md", kind="github"
    ),
    ArtefactSpec("incident-form", ".github/ISSUE_TEMPLATE/incident.yml", kind="github"),
    ArtefactSpec("review-form", ".github/ISSUE_TEMPLATE/incident-review.yml", kind="github"),
    ArtefactSpec("safety-workflow", ".github/workflows/migration-safety.yml", kind="github"),
    ArtefactSpec("deploy-workflow", ".github/workflows/migration-deploy.yml", kind="github"),
    ArtefactSpec("labels", ".github/labels.json", kind="github"),
    ArtefactSpec("ruleset", ".github/rulesets/migration-safety.json", kind="github"),
    ArtefactSpec("agent", ".claude/agents/data-engineer.md", kind="github"),
    ArtefactSpec("codeowners", ".github/CODEOWNERS", kind="block"),
    ArtefactSpec("workflow-pull-request", "docs/GITHUB_WORKFLOW.md", kind="block"),
    ArtefactSpec("workflow-review", "docs/GITHUB_WORKFLOW.md", kind="block"),
    ArtefactSpec("workflow-faq", "docs/GITHUB_WORKFLOW.md", kind="block"),
    ArtefactSpec("navigation", "mkdocs.yml", kind="block"),
    ArtefactSpec("schema", "policies/schemas/{id}.schema.json", kind="schema"),
)

BUILTIN = {
    "check": tuple(check.id for check in CHECKS),
    "artefact": tuple(spec.id for spec in ARTEFACTS),
}
"""Ids that the code defines and a policy may name."""
