"""Annotations -> forms, and what every record of the model keeps to."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest

from handrail.artefacts.catalogue import BUILTIN
from handrail.core.location import Location
from handrail.core.record import record
from handrail.policy.forms import FieldForm, Form, form_of, forms_of, id_field
from handrail.policy.model import FILES, Policy
from handrail.policy.shape import (
    DOTTED,
    ONE_LINE,
    SLUG,
    Between,
    Entry,
    Id,
    Line,
    Matches,
    Node,
    NotEmpty,
    Ref,
    Text,
    Tighter,
    plain_title,
)


@record
class Leaf(Node):
    """A leaf."""

    id: Annotated[str, "Its id.", Id("leaf", scoped=True)]


@record
class Tree(Entry):
    """A tree."""

    leaves: Annotated[tuple[Leaf, ...], "Its leaves.", NotEmpty()]
    note: Annotated[Text | None, "A note."] = None


@pytest.mark.parametrize(
    ("annotation", "form"),
    [
        (str, Form("text")),
        (int, Form("number")),
        (bool, Form("flag")),
        (int | None, Form("number", optional=True)),
        (Literal["a", "b"], Form("choice", choices=("a", "b"))),
        (Literal["a"] | None, Form("choice", optional=True, choices=("a",))),
        (tuple[str, ...], Form("list", item=Form("text"))),
        (Leaf, Form("record", cls=Leaf)),
        (tuple[Leaf, ...], Form("list", item=Form("record", cls=Leaf))),
        (Annotated[str, "A doc."], Form("text", doc="A doc.")),
        (Annotated[tuple[Annotated[int, "Inner."], ...], "Outer."], None),
        (Annotated[Annotated[str, "Inner."], "Outer."], Form("text", doc="Outer.")),
    ],
)
def test_a_form(annotation: Any, form: Form | None) -> None:
    wanted = form or Form("list", item=Form("number", doc="Inner."), doc="Outer.")
    assert form_of(annotation) == wanted


@pytest.mark.parametrize("annotation", [float, dict[str, str], object, list[str], type(None)])
def test_what_the_model_does_not_use_has_no_form(annotation: Any) -> None:
    with pytest.raises(TypeError, match="no form for"):
        form_of(annotation)


def test_marks_add_up_and_are_found_by_class() -> None:
    line = form_of(Annotated[Line, "Its title.", Tighter("more")])
    assert line.doc == "Its title."
    assert line.mark(Matches).pattern == ONE_LINE
    assert line.mark(Tighter).when == "more"
    assert line.mark(Ref) is None


@pytest.mark.parametrize(
    ("annotation", "prose"),
    [
        (Text, True),
        (Line, True),
        (Text | None, True),
        (Annotated[str, Matches(SLUG, "a")], False),
        (Annotated[str, Id("x")], False),
        (Annotated[str, Ref("x")], False),
        (int, False),
        (Literal["a"], False),
        (tuple[Text, ...], False),
    ],
)
def test_what_is_prose(annotation: Any, prose: bool) -> None:
    assert form_of(annotation).prose is prose


def test_fields_come_as_written_without_place_and_covers_last() -> None:
    fields = forms_of(Tree)
    assert list(fields) == ["leaves", "note", "covers"]
    assert [field.required for field in fields.values()] == [True, False, False]
    assert fields["note"] == FieldForm(Form("text", optional=True, doc="A note."), False, None)
    assert fields["covers"].default == ()
    assert forms_of(Tree) is fields


def test_the_field_that_defines_the_id() -> None:
    found = id_field(Leaf)
    assert found is not None
    assert (found[0], found[1].kind, found[1].scoped, found[1].used) == ("id", "leaf", True, False)
    assert id_field(Tree) is None


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"title": "T", "id": "i"}, "T"),
        ({"term": "W", "id": "i"}, "W"),
        ({"question": "Q?"}, "Q?"),
        ({"label": "L"}, "L"),
        ({"text": "x", "id": "i"}, "x"),
        ({"title": "", "id": "i"}, "i"),
        ({"title": 5, "id": "i"}, "i"),
        ({}, ""),
    ],
)
def test_what_a_record_calls_itself(values: dict[str, object], title: str) -> None:
    assert plain_title(type("Anything", (), values)()) == title


# --- the model ----------------------------------------------------------------------------------


def reached(cls: type[Node], seen: dict[type[Node], None]) -> dict[type[Node], None]:
    seen[cls] = None
    for field in forms_of(cls).values():
        inner = field.form.cls or (field.form.item.cls if field.form.item else None)
        if inner and inner not in seen:
            reached(inner, seen)
    return seen


RECORDS = list(dict.fromkeys(cls for root in FILES.values() for cls in reached(root, {})))
FIELDS = {f"{cls.__name__}.{name}": field for cls in RECORDS for name, field in forms_of(cls).items()}


def forms() -> Iterator[tuple[str, Form]]:
    """Yield every form of the model, entries of lists too."""
    for name, field in FIELDS.items():
        yield name, field.form
        if field.form.item:
            yield f"{name}[]", field.form.item


def test_a_policy_has_a_field_for_each_file() -> None:
    assert list(Policy.__annotations__) == [stem.replace("-", "_") for stem in FILES]
    assert [Policy.__annotations__[stem.replace("-", "_")] for stem in FILES] == list(FILES.values())
    assert len(set(FILES.values())) == len(FILES)
    assert len(RECORDS) > 60


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_told_in_a_sentence(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9].*[.]", FIELDS[name].form.doc)


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_every_record_is_told(cls: type[Node]) -> None:
    assert (cls.__doc__ or "").strip()


def test_every_example_matches_its_pattern() -> None:
    found = [mark for _, form in forms() for mark in form.marks if isinstance(mark, Matches)]
    assert {mark.pattern for mark in found} >= {ONE_LINE, SLUG, DOTTED}
    for mark in found:
        assert re.search(mark.pattern.removesuffix("$") + r"\Z", mark.example), mark.pattern
        assert mark.pattern.startswith("^")
        assert mark.pattern.endswith("$")


def test_defaults_are_of_the_field_s_own_kind() -> None:
    for name, field in FIELDS.items():
        if field.required:
            continue
        kinds = {"text": str, "number": int, "flag": bool, "choice": str, "list": tuple, "record": Node}
        assert isinstance(field.default, kinds[field.form.kind]) or field.form.optional, name
        assert not field.form.mark(NotEmpty), f"{name} must not be empty and may be left out"


def test_every_reference_leads_to_a_kind_that_exists() -> None:
    defined = {form.mark(Id).kind for _, form in forms() if form.mark(Id)} | BUILTIN.keys()
    assert {form.mark(Ref).kind for _, form in forms() if form.mark(Ref)} <= defined


def test_ids_are_defined_by_one_record_each() -> None:
    kinds = [mark.kind for cls in RECORDS for mark in [(id_field(cls) or ("", None))[1]] if mark]
    scoped = {"step"}  # of a procedure and of a runbook
    assert sorted(kind for kind in kinds if kind not in scoped) == sorted({*kinds} - scoped)


@pytest.mark.parametrize(
    ("when", "allowed"),
    [
        ("level", lambda form: form.mark(Ref).kind == "level"),
        ("from-level", lambda form: form.mark(Ref).kind == "level"),
        (
            "more",
            lambda form: (
                form.kind in ("number", "flag", "list", "choice") or (form.optional and form.mark(Ref))
            ),
        ),
        ("less", lambda form: form.kind in ("number", "flag", "list") or form.mark(Matches)),
    ],
)
def test_a_direction_stands_where_it_can_be_told(when: str, allowed: Any) -> None:
    marked = [
        (name, form) for name, form in forms() if form.mark(Tighter) and form.mark(Tighter).when == when
    ]
    assert marked
    assert [name for name, form in marked if not allowed(form)] == []


def test_ranges_are_not_empty() -> None:
    found = [mark for _, form in forms() for mark in form.marks if isinstance(mark, Between)]
    assert found
    assert all(mark.high is None or mark.low < mark.high for mark in found)


def test_a_place_is_no_part_of_what_a_record_says() -> None:
    one = Leaf(location=Location("a"), id="x")
    assert one == Leaf(location=Location("b"), id="x")
    assert "location" not in forms_of(Leaf)
