"""The policy as a whole: one attribute for each file of ``policies/``."""

from handrail.core.record import record
from handrail.policy.adoption import (
    DecisionsFile,
    FaqFile,
    GlossaryFile,
    IntegrationFile,
    RolloutFile,
)
from handrail.policy.assurance import ControlsFile, GapsFile, MetricsFile, RisksFile
from handrail.policy.checklists import ChecklistsFile
from handrail.policy.guide import GuideFile, PatternsFile
from handrail.policy.handbook import (
    AgentFile,
    ArtefactsFile,
    CoverageFile,
    HandbookFile,
    WaiversFile,
)
from handrail.policy.matrix import MatrixFile
from handrail.policy.operations import OperationsFile
from handrail.policy.pull_request import NamingFile, PullRequestFile
from handrail.policy.roles import RolesFile
from handrail.policy.runbooks import RunbooksFile
from handrail.policy.shape import Node
from handrail.policy.team import DatabaseFile, TeamFile

FILES: dict[str, type[Node]] = {
    "team": TeamFile,
    "roles": RolesFile,
    "database": DatabaseFile,
    "risk-matrix": MatrixFile,
    "operations": OperationsFile,
    "checklists": ChecklistsFile,
    "naming": NamingFile,
    "pull-request": PullRequestFile,
    "guide": GuideFile,
    "patterns": PatternsFile,
    "runbooks": RunbooksFile,
    "controls": ControlsFile,
    "gaps": GapsFile,
    "risks": RisksFile,
    "metrics": MetricsFile,
    "decisions": DecisionsFile,
    "rollout": RolloutFile,
    "faq": FaqFile,
    "glossary": GlossaryFile,
    "integration": IntegrationFile,
    "handbook": HandbookFile,
    "agent": AgentFile,
    "coverage": CoverageFile,
    "waivers": WaiversFile,
    "artefacts": ArtefactsFile,
}
"""Stem of each policy file -> the record at its root.

A folder of the same name may hold parts, joined in the
order of their names: a number in front of a name puts it where it belongs.
"""


@record
class Policy:
    """Everything the team decided. Attributes are the stems of ``FILES``, with ``_`` for ``-``."""

    team: TeamFile
    roles: RolesFile
    database: DatabaseFile
    risk_matrix: MatrixFile
    operations: OperationsFile
    checklists: ChecklistsFile
    naming: NamingFile
    pull_request: PullRequestFile
    guide: GuideFile
    patterns: PatternsFile
    runbooks: RunbooksFile
    controls: ControlsFile
    gaps: GapsFile
    risks: RisksFile
    metrics: MetricsFile
    decisions: DecisionsFile
    rollout: RolloutFile
    faq: FaqFile
    glossary: GlossaryFile
    integration: IntegrationFile
    handbook: HandbookFile
    agent: AgentFile
    coverage: CoverageFile
    waivers: WaiversFile
    artefacts: ArtefactsFile
