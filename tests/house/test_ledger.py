"""The committed ledger is that of the committed files: the first render of a clone writes nothing."""

import pytest

from handrail.artefacts.ledger import PATH, digest, parse_ledger
from tests.fakes import CHECKOUT

PAGES = {
    path: known
    for (kind, path), known in parse_ledger((CHECKOUT / PATH).read_text(encoding="utf-8")).inputs.items()
    if kind == "page"
}


@pytest.mark.parametrize("path", PAGES)
def test_the_ledger_knows_each_page_as_it_is(path: str) -> None:
    assert digest((CHECKOUT / path).read_bytes()) == PAGES[path], "run handrail render, and commit the ledger"
