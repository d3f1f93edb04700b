"""What is about the script itself."""

from handrail.rule import Rule

STATEMENTS = (
    Rule(
        "maintenance",
        "The script says REINDEX, VACUUM, ANALYZE, CLUSTER, REFRESH MATERIALIZED VIEW or LOCK TABLE.",
    ),
    Rule("statement.other", "A statement was read, and is known to change no table and no row."),
    Rule(
        "statement.opaque",
        "A statement could not be read: the grammar does not know it, the engine refuses it, or its "
        "text is made while it runs.",
    ),
    Rule("transaction.own", "The script begins or ends a transaction itself."),
)
