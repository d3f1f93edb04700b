"""What the schema file of the orm says against the migrations."""

from handrail.rule import Rule

MODEL = (
    Rule("model.without_migration", "The schema file differs from the schema that the migrations lead to."),
    Rule(
        "model.provider_changed",
        "The engine in the schema file is another one than that of the migrations.",
    ),
)
