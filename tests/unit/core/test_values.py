"""The values that everything is made of."""

import pytest

from handrail.core.errors import HandrailError
from handrail.core.finding import Finding, has_errors, sorted_findings
from handrail.core.location import Location
from handrail.core.record import REQUIRED, fields, record, replace
from handrail.core.suggest import LONGEST, did_you_mean, nearest, with_guess


@record
class Base:
    location: Location
    first: str = "f"


@record
class Entry(Base):
    number: int
    inner: Base | None = None


HERE = Location("a.yaml", 3, 5)
THERE = Location("b.yaml")


def test_a_location_says_where() -> None:
    assert str(HERE) == "a.yaml:3:5"
    assert str(THERE) == "b.yaml:1:1"
    assert sorted([Location("b"), Location("a", 2), Location("a", 1, 9), Location("a", 1, 10)]) == [
        Location("a", 1, 9),
        Location("a", 1, 10),
        Location("a", 2),
        Location("b"),
    ]


def test_findings_come_by_place_then_code_and_once() -> None:
    late = Finding("a.a", "m", Location("x", 2))
    early = Finding("z.z", "m", Location("x", 1))
    twin = Finding("b.b", "m", Location("x", 1))
    hinted = Finding("b.b", "m", Location("x", 1), hint="h")
    assert sorted_findings([late, early, twin, early, late]) == (twin, early, late)
    assert len(sorted_findings([twin, hinted])) == 2
    assert sorted_findings([]) == ()


@pytest.mark.parametrize(
    ("severities", "errors"), [([], False), (["note", "warning"], False), (["note", "error"], True)]
)
def test_only_errors_are_errors(severities: list[str], errors: bool) -> None:
    findings = [Finding("c", "m", HERE, severity) for severity in severities]  # type: ignore[arg-type]  # words of a table
    assert has_errors(findings) is errors


def test_an_error_carries_its_hint() -> None:
    error = HandrailError("no", "do")
    assert (str(error), error.hint, HandrailError("x").hint) == ("no", "do", "")


def test_a_record_has_its_fields_inherited_ones_first() -> None:
    assert dict(fields(Entry)) == {"location": REQUIRED, "first": "f", "number": REQUIRED, "inner": None}
    assert list(fields(Entry(location=HERE, number=1))) == ["location", "first", "number", "inner"]
    assert dict(fields(Base)) == {"location": REQUIRED, "first": "f"}


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"location": HERE}, r"Entry: missing \['number'\]"),
        ({"number": 1}, r"Entry: missing \['location'\]"),
        ({"location": HERE, "number": 1, "colour": 2, "b": 3}, r"Entry: unknown \['b', 'colour'\]"),
    ],
)
def test_a_record_takes_its_fields_and_no_others(values: dict[str, object], problem: str) -> None:
    with pytest.raises(TypeError, match=problem):
        Entry(**values)  # type: ignore[arg-type]  # what is passed is the point


def test_a_record_takes_no_positions() -> None:
    with pytest.raises(TypeError):
        Base(HERE)  # type: ignore[call-arg]  # what is passed is the point


def test_a_record_cannot_be_changed() -> None:
    entry = Entry(location=HERE, number=1)
    with pytest.raises(AttributeError, match=r"Entry.number cannot be changed"):
        entry.number = 2  # type: ignore[misc]  # what is tried is the point
    with pytest.raises(AttributeError, match=r"Entry.other cannot be changed"):
        entry.other = 2  # type: ignore[attr-defined]  # what is tried is the point
    with pytest.raises(AttributeError, match=r"Entry.first cannot be changed"):
        del entry.first
    assert (entry.number, entry.first) == (1, "f")


def test_records_are_equal_when_they_say_the_same_wherever_they_stand() -> None:
    one = Entry(location=HERE, number=1, inner=Base(location=HERE))
    same = Entry(location=THERE, number=1, inner=Base(location=THERE))
    assert one == same
    assert hash(one) == hash(same)
    assert {one, same} == {one}
    assert one != Entry(location=HERE, number=2, inner=Base(location=HERE))
    assert one != Entry(location=HERE, number=1, inner=Base(location=HERE, first="g"))
    assert Base(location=HERE) != Entry(location=HERE, number=1)


def test_a_record_shows_what_it_holds() -> None:
    assert repr(Base(location=THERE)) == (
        "Base(location=Location(path='b.yaml', line=1, column=1), first='f')"
    )


def test_replace_leaves_the_rest() -> None:
    one = Entry(location=HERE, number=1, first="g")
    assert replace(one, number=2) == Entry(location=HERE, number=2, first="g")
    assert replace(one, number=2).location == HERE
    assert one.number == 1
    with pytest.raises(TypeError, match="unknown"):
        replace(one, colour="red")


@pytest.mark.parametrize(
    ("word", "known", "guess"),
    [
        ("data-enginer", ["tech-lead", "data-engineer"], "data-engineer"),
        ("titel", ["title", "text"], "title"),
        ("CI", ["person", "ci"], "ci"),
        ("high", ["LOW", "HIGH"], "HIGH"),
        ("zebra", ["title", "text"], ""),
        ("", ["title"], ""),
        ("title", [], ""),
        ("titles", iter(["title"]), "title"),
        ("x" * LONGEST, ["x" * LONGEST + "y"], "x" * LONGEST + "y"),
        ("x" * (LONGEST + 1), ["x" * LONGEST], ""),
        ("x" * 5_000_000, ["y" * 5_000_000], ""),
    ],
    ids=range(11),
)
def test_the_nearest_word_is_guessed(word: str, known: list[str], guess: str) -> None:
    assert nearest(word, known) == guess


def test_a_guess_is_a_question() -> None:
    assert did_you_mean("titel", ["title"]) == "Did you mean 'title'?"
    assert did_you_mean("zebra", ["title"]) == ""
    assert with_guess("unknown key 'titel'", "titel", ["title"]) == (
        "unknown key 'titel'. Did you mean 'title'?"
    )
    assert with_guess("unknown key 'zebra'", "zebra", ["title"]) == "unknown key 'zebra'"
