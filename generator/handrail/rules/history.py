"""What the migrations show together, and what their folder and its past say."""

from handrail.rule import Rule

HISTORY = (
    Rule("history.edited", "The text of a migration differs from the one that the base branch has."),
    Rule("history.deleted", "A migration that the base branch has is missing, or has another name."),
    Rule("history.out_of_order", "A new migration sorts before one that the base branch has."),
    Rule(
        "history.name",
        "The name of a migration does not match the policy's form, or its stamp is impossible or taken.",
    ),
    Rule(
        "history.no_rollback",
        "There is no down script, or it does not undo the migration on the folded schema, and the "
        "migration is not declared irreversible.",
        proves=("medium-or-above",),
    ),
)
