"""What happens to the values of an enum, read off its labels before and after."""

from handrail.rule import Rule

ENUMS = (
    Rule("enum.value.add", "An enum has a label afterwards that it did not have before."),
    Rule(
        "enum.value.remove",
        "An enum had a label before that is gone afterwards, however the type was rebuilt.",
    ),
    Rule(
        "enum.value.rename",
        "A label of an enum has another name afterwards and is known to be the same one.",
    ),
)
