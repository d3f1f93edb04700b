"""A value is the same after a change of type, or it is not."""

import pytest

from handrail.rehearsal.values import are_same, canonical

SAME = [
    ("1", "'1'"),
    ("1", "1.0"),
    ("1.50", "1.5"),
    ("'42'", "42"),
    ("1e3", "1000"),
    ("true", "1"),
    ("f", "0"),
    ("2026-11-24 09:00:00", "2026-11-24T09:00:00+00:00"),
    ("1764061200000", "2025-11-25 09:00:00+00"),
    ("2026-11-24 09:00:00+00", "2026-11-24 10:00:00+01"),
    ('{"b": 1, "a": [1, 2]}', '{"a":[1,2],"b":1}'),
    ("'it''s'", "it's"),
    ("abc", "abc   "),
    ("550E8400-E29B-41D4-A716-446655440000", "550e8400e29b41d4a716446655440000"),
    (None, None),
]
OTHER = [
    ("1764061200", "1764061200000"),
    ("1.55", "1.6"),
    ("12345678901", "12345678900"),
    ("abcdefghijkl", "abcdefghij"),
    ("2026-11-24 09:00:00", "2026-11-24 10:00:00+00"),
    ("2026-11-24 09:00:00.123456", "2026-11-24 09:00:00"),
    ("'NULL'", None),
    (None, ""),
    ("''", None),
    ("a", "A"),
    ("[1, 2]", "[2, 1]"),
    ("true", "0"),
    ("", "   "),
    ("NaN", "0"),
    ("1764061200000", "1970-01-21 10:01:01+00"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_it_is_the_same_value(old: str | None, new: str | None) -> None:
    assert are_same(old, new)
    assert are_same(new, old)


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_it_is_another_value(old: str | None, new: str | None) -> None:
    assert not are_same(old, new)
    assert not are_same(new, old)


@pytest.mark.parametrize(("old", "new"), [pair for pair in SAME if pair[0] and "{" not in pair[0]])
def test_the_same_value_as_a_key_has_one_spelling(old: str, new: str) -> None:
    if old not in ("true", "f", "1764061200000"):  # no key is a truth value, and a number stays one
        assert canonical(old) == canonical(new)


def test_other_keys_have_other_spellings() -> None:
    keys = ["1", "10", "100", "'a'", "'b'", "1.5", "2026-11-24 09:00:00", None]
    assert len({canonical(each) for each in keys}) == len(keys)
