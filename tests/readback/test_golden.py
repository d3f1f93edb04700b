"""The rendered minimal policy is the tree in tests/golden/minimal; ``make golden`` renews it."""

from difflib import unified_diff
from pathlib import Path

import pytest

from handrail.policy.model import FILES
from tests.golden.update import GOLDEN, update, wanted
from tests.minimal.builder import tree
from tests.world import rendered

ROOT = GOLDEN.parents[2]


def test_the_tree_holds_the_files_that_are_rendered_and_no_others() -> None:
    assert sorted(tree(GOLDEN)) == sorted(wanted())


@pytest.mark.parametrize("path", sorted(wanted()))
def test_each_file_is_the_same_to_the_byte(path: str) -> None:
    kept, made = (GOLDEN / path).read_bytes(), wanted()[path]
    old, new = kept.decode().splitlines(), made.decode().splitlines()
    assert kept == made, "\n".join(unified_diff(old, new, "golden", "rendered", lineterm=""))


@pytest.mark.parametrize("stem", FILES)
def test_schemas_are_those_of_this_repository(stem: str) -> None:
    path = f"policies/schemas/{stem}.schema.json"
    assert rendered().files[path] == (ROOT / path).read_bytes()


def test_updating_makes_the_tree_exact_and_says_what_changed(tmp_path: Path) -> None:
    files = {"a.md": b"a", "deep/b.md": b"b"}
    assert update(tmp_path / "tree", files) == ["a.md", "deep/b.md"]
    assert update(tmp_path / "tree", files) == []
    assert update(tmp_path / "tree", {"a.md": b"other"}) == ["a.md", "deep/b.md"]
    assert tree(tmp_path / "tree") == {"a.md": b"other"}
