"""What happens to keys, unique sets, indexes and checks of a table that was there before."""

from handrail.rule import Rule

KEYS = (
    Rule(
        "primary_key.change",
        "The primary key has other columns afterwards; that a column of it was renamed does not count.",
    ),
    Rule("unique.add", "A unique set or index is new over at least one column that was there before."),
    Rule(
        "unique.drop",
        "A unique set or index is gone while its columns are still there; one over more columns does "
        "not replace it.",
    ),
    Rule("index.create", "An index that is not unique is new, or a unique one over new columns only."),
    Rule(
        "index.drop",
        "An index that is not unique is gone while its columns are still there; a rename does not count.",
    ),
    Rule("foreign_key.add", "A foreign key is new over columns that were there before."),
    Rule(
        "foreign_key.drop",
        "A foreign key is gone while its columns and the table that it refers to are still there.",
        proves=("cascaded",),
    ),
    Rule(
        "foreign_key.on_delete.change",
        "A foreign key has another delete rule afterwards, whether it was changed in place or dropped "
        "and added again.",
    ),
    Rule(
        "foreign_key.on_update.change",
        "A foreign key has another update rule afterwards, whether it was changed in place or dropped "
        "and added again.",
    ),
    Rule(
        "foreign_key.on_delete.cascade",
        "A foreign key is new, in an old table or in a new one, and its delete rule is CASCADE.",
    ),
    Rule(
        "foreign_key.on_delete.unstated",
        "A foreign key is new and the script does not write its delete rule.",
    ),
    Rule("check.add", "A check is new in a table that was there before."),
    Rule("check.drop", "A check or an exclusion constraint is gone while its table is still there."),
    Rule("exclusion.add", "An exclusion constraint is new in a table that was there before."),
)
