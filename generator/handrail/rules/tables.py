"""What happens to whole tables, and to what holds them."""

from handrail.rule import Rule

TABLES = (
    Rule(
        "table.create",
        "A table is there afterwards that was not there before, and no older table lives on in it.",
    ),
    Rule("table.drop", "A table was there before, and no table afterwards is it, renamed or copied."),
    Rule(
        "table.rename",
        "A table has another name afterwards; in a rebuild, the table that got its rows has.",
    ),
    Rule("table.truncate", "The script says TRUNCATE for a table that was there before."),
    Rule(
        "table.rebuild",
        "A table is created, filled from an old one and takes the old one's name, while the old one "
        "is dropped.",
        proves=("net-effect-medium", "net-effect-high", "net-effect-critical"),
    ),
    Rule(
        "table.rebuild.deletes_children",
        "A rebuild drops a table that others refer to with CASCADE, SET NULL or SET DEFAULT while "
        "foreign keys are enforced, and a trial on rows shows that the children lose something.",
    ),
    Rule(
        "table.rebuild.loses_trigger_or_index",
        "A trigger or an index of a rebuilt table is gone afterwards, and no statement of the script "
        "drops it.",
    ),
    Rule(
        "table.option.change",
        "An option of a table differs before and after: STRICT, WITHOUT ROWID, UNLOGGED, the engine.",
    ),
    Rule("table.charset.change", "The character set or the collation of a table differs before and after."),
    Rule(
        "schema.drop",
        "The script says DROP SCHEMA for a schema that holds something, or that nobody knows to be empty.",
    ),
    Rule("database.drop", "The script says DROP DATABASE."),
    Rule(
        "virtual_table.create",
        "A virtual table is there afterwards that was not there before; its shadow tables belong to it.",
    ),
    Rule(
        "virtual_table.drop",
        "A virtual table was there before and is gone afterwards; its shadow tables belong to it.",
    ),
    Rule("partition.attach", "The script attaches a table as a partition of another."),
    Rule("partition.detach", "The script takes a partition out of its table."),
    Rule("partition.drop", "A partition was there before and is gone afterwards."),
)
