"""The facts of a schema, graded by the policy's schema risks S1, S2 and S3."""

from typing import NamedTuple

from handrail.migrations.schema_facts import Facts, TableFact
from handrail.policy.assurance import SchemaRisk
from handrail.policy.model import Policy

CHAIN, TRACE, UNSTATED = "S1", "S2", "S3"
"""Ids of the policy's schema risks that a schema shows: deletes that spread, deletes without a
trace, relations that state no delete rule."""


class Grade(NamedTuple):
    """One danger: what the policy says of it (None when it names none), and how often the schema shows it."""

    id: str
    title: str
    found: int
    risk: SchemaRisk | None

    @property
    def severity(self) -> str:
        """The policy's risk level for it, '' for none."""
        return self.risk.severity if self.risk else ""


def grade_schema(facts: Facts, policy: Policy | None) -> tuple[Grade, ...]:
    """Return the three dangers in their order, those that the schema does not show with 0."""
    known = {each.id: each for each in policy.risks.schema_risks} if policy else {}
    found = {
        CHAIN: ("Deletes that take rows of other tables along", len(spreading(facts))),
        TRACE: ("Deletes that leave no trace", len(traceless(facts))),
        UNSTATED: ("Relations that state no delete rule", len(unstated(facts))),
    }
    return tuple(
        Grade(key, known[key].title if key in known else title, count, known.get(key))
        for key, (title, count) in found.items()
    )


def touching(facts: Facts) -> list[TableFact]:
    """Return the tables of which deleting a row does anything to other rows, or is stopped."""
    return [
        each
        for each in facts["tables"]
        if each["deletes"] or each["empties"] or each["stopped_by"] or each["leaves"]
    ]


def spreading(facts: Facts) -> list[str]:
    """Return the tables of which deleting a row deletes others, or leaves references to it behind."""
    return [table["name"] for table in facts["tables"] if table["deletes"] or table["leaves"]]


def traceless(facts: Facts) -> list[str]:
    """Return the tables whose rows go without a trace: no ``deletedAt``, no trigger that logs.

    Join tables do not count: what they join does.
    """
    return [
        table["name"]
        for table in facts["tables"]
        if not (table["soft_delete"] or table["logged"] or table["join"])
    ]


def unstated(facts: Facts) -> list[str]:
    """Return the relations whose delete rule nobody wrote."""
    return [each["name"] for each in facts["relations"] if not each["stated"]]
