"""Who may read and write."""

from handrail.rule import Rule

SECURITY = (
    Rule("security.grant_role", "The script grants a right to a role that it names."),
    Rule("security.grant_public", "The script grants a right to PUBLIC, or to any user of any host."),
    Rule(
        "security.rls_disable",
        "The script disables row-level security of a table, or no longer forces it on the owner.",
    ),
    Rule(
        "policy.drop",
        "A row-level security policy was there before and is gone afterwards, and its table is still there.",
    ),
)
