"""What a script does to rows; only its text can tell."""

from handrail.rule import Rule

ROWS = (
    Rule(
        "rows.delete.all",
        "A DELETE without WHERE is run on a table that was there before and keeps its name.",
    ),
    Rule("rows.delete.some", "A DELETE with a condition is run on a table that was there before."),
    Rule("rows.update.all", "An UPDATE without WHERE is run on a table that was there before."),
    Rule(
        "rows.update.some",
        "An UPDATE with a condition, or an INSERT that replaces rows in conflict, is run on a table "
        "that was there before.",
    ),
    Rule("rows.insert", "Rows are inserted that are no part of a rebuild."),
)
