"""The rules that are kept: the same as those of the policy, and of no other one."""

from handrail.policy.rulebook import dump_rulebook, key_of, load_rulebook, rulebook_of
from tests.minimal.builder import edited, minimal_policies, minimal_policy

FILES = minimal_policies()


def test_what_is_kept_comes_back_the_same() -> None:
    book = rulebook_of(minimal_policy())
    key = key_of(FILES)
    again = load_rulebook(key, dump_rulebook(key, book))
    assert again == book
    assert again is not None
    places = [each.location for each in again.operations.operations]
    assert places == [each.location for each in book.operations.operations]


def test_nothing_is_found_for_other_files() -> None:
    kept = dump_rulebook(key_of(FILES), rulebook_of(minimal_policy()))
    changed = edited(FILES, "policies/operations.yaml", "LOW", "HIGH")
    renamed = {path.replace("faq", "more"): raw for path, raw in FILES.items()}
    fewer = dict(list(FILES.items())[1:])
    for files in (changed, renamed, fewer):
        assert load_rulebook(key_of(files), kept) is None


def test_nothing_is_found_in_nothing() -> None:
    assert load_rulebook(key_of(FILES), b"") is None
    assert load_rulebook(key_of(FILES), b"x" * 500) is None


def test_the_order_of_the_files_does_not_matter() -> None:
    assert key_of(dict(reversed(list(FILES.items())))) == key_of(FILES)


def test_what_other_code_kept_is_not_used() -> None:
    key = key_of(FILES)
    for damage in (b"", b"rubbish", b"\x80\x05cnowhere\nNothing\n."):
        assert load_rulebook(key, key + damage) is None
