"""What comes with Handrail: the adapter, and the stand-in of the tests."""

import pytest

from handrail.adapters.resources import Resources
from handrail.commands.init import EXTRA
from handrail.core.errors import HandrailError
from tests.fakes import ShippedTemplates

BOTH = pytest.mark.parametrize("shipped", [Resources(), ShippedTemplates()], ids=["package", "fake"])


@BOTH
@pytest.mark.parametrize(
    ("folder", "some"),
    [("templates", "templates/_partials/level.md.j2"), ("policies", "policies/risk-matrix.yaml")],
)
def test_finds_whole_paths_in_order(shipped: Resources, folder: str, some: str) -> None:
    found = shipped.find(folder)
    assert some in found
    assert list(found) == sorted(found)
    assert all(path.startswith(folder + "/") and shipped.read(path) for path in found)


@BOTH
def test_what_is_not_there_is_empty(shipped: Resources) -> None:
    assert shipped.find("nowhere") == ()


def test_both_see_the_same_files() -> None:
    for folder in ("templates", "policies"):
        assert Resources().find(folder) == ShippedTemplates().find(folder)


@pytest.mark.parametrize("path", EXTRA)
def test_init_finds_the_files_that_it_lays_down_beside_the_policy(path: str) -> None:
    assert Resources().read(path)


def test_a_damaged_installation_is_told_with_its_cure() -> None:
    with pytest.raises(HandrailError, match=r"damaged: templates/no\.j2 cannot be read") as caught:
        Resources().read("templates/no.j2")
    assert "pip install" in caught.value.hint
