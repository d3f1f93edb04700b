"""Where the schema of the application lies, and when it is read again."""

import pytest

from handrail.artefacts.memory import Memory
from handrail.commands.schema_source import read_schema_texts, remembered_facts, schema_path
from handrail.core.record import replace
from handrail.policy.model import Policy
from tests.fakes import MemoryFiles
from tests.minimal.builder import minimal_policy

ONE = b'datasource db {\n  provider = "sqlite"\n  url = "file:x"\n}\nmodel t {\n  id Int @id\n}\n'
TWO = b"model u {\n  id Int @id\n}\n"


def at(here: str | None, there: str = "app/schema.prisma") -> Policy:
    policy = minimal_policy()
    paths = replace(policy.database.paths, schema_here=here, schema=there)
    return replace(policy, database=replace(policy.database, paths=paths))


@pytest.mark.parametrize(
    ("here", "path"), [(None, "app/schema.prisma"), ("", "app/schema.prisma"), ("x.prisma", "x.prisma")]
)
def test_the_copy_of_this_repository_comes_first(here: str | None, path: str) -> None:
    assert schema_path(at(here)) == path


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("p/a.prisma", ["p/a.prisma"]),
        ("p", ["p/a.prisma", "p/b/b.prisma"]),
        ("p/notes.md", []),
        ("nowhere.prisma", []),
    ],
)
def test_a_schema_is_a_file_or_a_folder(path: str, texts: list[str]) -> None:
    files = MemoryFiles({"p/a.prisma": ONE, "p/b/b.prisma": TWO, "p/notes.md": b"x"})
    assert list(read_schema_texts(files, path)) == texts


def test_what_is_no_utf_8_is_replaced() -> None:
    assert read_schema_texts(MemoryFiles({"a.prisma": b"// \xff\n"}), "a.prisma") == {
        "a.prisma": "// \ufffd\n"
    }


def test_no_schema_has_no_facts() -> None:
    assert remembered_facts(MemoryFiles({}), at(None), Memory()) is None


def test_facts_are_worked_out_once_a_text() -> None:
    memory, files = Memory(), MemoryFiles({"app/schema.prisma": ONE})
    first = remembered_facts(files, at(None), memory)
    assert first is not None
    assert [each["name"] for each in first["tables"]] == ["t"]
    assert remembered_facts(files, at(None), memory) is first
    files.files["app/schema.prisma"] = ONE + TWO
    second = remembered_facts(files, at(None), memory)
    assert second is not None
    assert [each["name"] for each in second["tables"]] == ["t", "u"]
