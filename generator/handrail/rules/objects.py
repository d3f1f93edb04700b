"""What happens to views, functions, triggers, sequences and extensions."""

from handrail.rule import Rule

OBJECTS = (
    Rule("view.create", "A view is there afterwards that was not there before."),
    Rule("view.replace", "A view has another definition afterwards."),
    Rule("view.drop", "A view was there before and is gone afterwards."),
    Rule("function.create", "A function or procedure is new, or has another body."),
    Rule("function.drop", "A function or procedure was there before and is gone afterwards."),
    Rule("trigger.create", "A trigger is new, or has another body."),
    Rule("trigger.drop", "A trigger was there before and is gone afterwards, and its table is still there."),
    Rule("sequence.create", "A sequence is new that belongs to no column."),
    Rule("sequence.drop", "A sequence was there before and is gone afterwards, and it went with no column."),
    Rule(
        "sequence.set", "The script sets the next value of a sequence, or of a column that numbers its rows."
    ),
    Rule("extension.drop", "An extension was there before and is gone afterwards."),
    Rule("comment", "The script writes a comment into the catalogue."),
)
