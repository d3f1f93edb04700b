"""The facts of the schema that the policy names."""

from collections.abc import Mapping

from handrail.artefacts.memory import Memory
from handrail.commands.schema_files import schema_files
from handrail.migrations.schema_facts import Facts
from handrail.policy.model import Policy
from handrail.ports import Files


def schema_path(policy: Policy) -> str:
    """Return the file or folder of this repository that holds the application's schema."""
    paths = policy.database.paths
    return paths.schema_here or paths.schema


def read_schema_texts(files: Files, path: str) -> dict[str, str]:
    """Return the schema files at ``path`` with their text, none when there is no schema.prisma.

    What is not UTF-8 is replaced: Prisma takes no such file, and the rest can be read.
    """
    return {each: files.read(each).decode("utf-8", "replace") for each in schema_files(files, path)}


def facts_of_texts(path: str, texts: Mapping[str, str]) -> Facts:
    """Return the facts of the schema files at ``path``."""
    from handrail.migrations.prisma.schema import read_schema  # loads a parser
    from handrail.migrations.schema_reading import facts_of_schema

    return facts_of_schema(read_schema(texts), path, tuple(texts))


def remembered_facts(files: Files, policy: Policy, memory: Memory) -> Facts | None:
    """Return the facts of the policy's schema, from memory where it did not change; None for no schema."""
    path = schema_path(policy)
    texts = read_schema_texts(files, path)
    if not texts:
        return None
    key = "\n".join((path, *(f"{name} {len(text)}\n{text}" for name, text in texts.items())))
    facts: Facts = memory.recall("schema", key, lambda _: facts_of_texts(path, texts))
    return facts
