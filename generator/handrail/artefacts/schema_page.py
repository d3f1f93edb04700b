"""What a page may say of the application's schema."""

from typing import NamedTuple

from handrail.migrations.schema_facts import Facts, TableFact
from handrail.policy.model import Policy
from handrail.risk.schema_picture import draw_schema
from handrail.risk.schema_risks import Grade, grade_schema, touching, traceless, unstated


class SchemaReport(NamedTuple):
    """Facts, the policy's grades of them, a Mermaid picture ('' for none), and what the grades count."""

    facts: Facts
    grades: tuple[Grade, ...]
    picture: str
    touching: list[TableFact]
    traceless: list[str]
    unstated: list[str]


def report_on(facts: Facts, policy: Policy) -> SchemaReport:
    """Return the report that templates get as ``schema()``."""
    grades = grade_schema(facts, policy)
    return SchemaReport(facts, grades, draw_schema(facts), touching(facts), traceless(facts), unstated(facts))
