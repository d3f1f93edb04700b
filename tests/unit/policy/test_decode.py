"""Documents -> records: every value arrives, every record and reference knows its place."""

from collections.abc import Iterator
from typing import Any

import pytest

from handrail.core.location import Location
from handrail.policy.decode import decode_file
from handrail.policy.forms import forms_of, id_field
from handrail.policy.index import Definition, Index
from handrail.policy.load import Loaded
from handrail.policy.model import FILES
from handrail.policy.shape import Node
from handrail.source.yaml_nodes import parse_yaml
from tests.fakes import CHECKOUT
from tests.minimal.builder import load, minimal_files, minimal_policies, read_plain


def decode(stem: str, text: str) -> tuple[Any, Index]:
    index = Index()
    return decode_file(stem, FILES[stem], parse_yaml(f"policies/{stem}.yaml", text.encode()), index), index


def plain(value: Any) -> Any:
    """Return a record as plain data, places left out, defaults left in."""
    if isinstance(value, Node):
        return {name: plain(getattr(value, name)) for name in forms_of(type(value))}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def completed(cls: type[Node], data: dict[str, Any]) -> dict[str, Any]:
    """Return plain data with the defaults of the model filled in."""
    done = {}
    for name, (form, _, default) in forms_of(cls).items():
        value = data.get(name, plain(default))
        inner = form.cls or (form.item.cls if form.item else None)
        if inner and isinstance(value, list):
            value = [completed(inner, each) for each in value]
        elif inner and value is not None:
            value = completed(inner, value)
        done[name] = value
    return done


@pytest.mark.parametrize("stem", FILES)
def test_every_value_of_the_minimal_policy_arrives(stem: str) -> None:
    raw = minimal_files()[f"policies/{stem}.yaml"]
    node, _ = decode(stem, raw.decode())
    assert plain(node) == completed(FILES[stem], read_plain(raw))


def test_what_is_left_out_has_its_default() -> None:
    node, _ = decode("roles", "roles:\n- {id: a, title: A, summary: S, responsibilities: [R]}\n")
    (role,) = node.roles
    assert (role.human, role.members, role.github_team, role.covers) == (True, (), None, ())


def nodes(value: Any) -> Iterator[Node]:
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, Node):
            yield each
            for name in forms_of(type(each)):
                yield from nodes(getattr(each, name))


def shipped() -> Loaded:
    paths = (CHECKOUT / "policies").rglob("*.yaml")
    return load({path.relative_to(CHECKOUT).as_posix(): path.read_bytes() for path in paths})


POLICIES = {"minimal": load(minimal_policies()), "shipped": shipped()}


@pytest.mark.parametrize("name", POLICIES)
def test_every_record_stands_at_its_first_key(name: str) -> None:
    loaded = POLICIES[name]
    assert loaded.policy is not None
    sources = {
        path: (CHECKOUT / path if name == "shipped" else CHECKOUT / "tests/minimal" / path)
        .read_text(encoding="utf-8")
        .split("\n")
        for path in {node.location.path for root in vars(loaded.policy).values() for node in nodes(root)}
    }
    count = 0
    for root in vars(loaded.policy).values():
        for node in nodes(root):
            path, line, column = node.location
            at = sources[path][line - 1][column - 1 :].removeprefix("{")
            assert at.split(":")[0] in forms_of(type(node))
            count += 1
    assert count > 80


@pytest.mark.parametrize("name", POLICIES)
def test_every_reference_and_definition_stands_where_its_text_is(name: str) -> None:
    index = POLICIES[name].index
    root = CHECKOUT if name == "shipped" else CHECKOUT / "tests/minimal"
    lines: dict[str, list[str]] = {}

    def at(place: Location) -> str:
        known = lines.setdefault(place.path, (root / place.path).read_text(encoding="utf-8").split("\n"))
        return known[place.line - 1][place.column - 1 :].lstrip("'\"")

    assert index.references
    for reference in index.references:
        written = f"[[{reference.kind}:{reference.id}]]" if reference.in_text else reference.id
        assert at(reference.location).startswith(written), reference
    for definition in (each for known in index.definitions.values() for each in known.values()):
        assert at(definition.location).startswith(definition.id), definition


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("See [[role:a]].", [(1, 12)]),
        ("'[[role:a]] and [[role:a]]'", [(1, 9), (1, 24)]),
        ("x [role:a], [[role:b ]], [[ role:b]], [[role]] [[Role:b]]", []),
        ("x [[[role:a]]] [[role:a]] [[role:a]]", [(1, 11), (1, 23), (1, 34)]),
        ("|\n  one [[role:a]]\n\n  [[role:a]]\n", [(2, 7), (4, 3)]),
        (">-\n  fold\n  it [[role:a]] and\n  [[role:a]],[[role:a]]", [(3, 6), (4, 3), (4, 14)]),
        ('"folded\n  [[role:a]]"', [(2, 3)]),
        ("plain\n  [[role:a]]", [(2, 3)]),
        ('"\\x5b[role:a]]"', [(1, 8)]),
        ('"\\x5b[role:a]] [[role:a]]"', [(1, 23), (1, 23)]),
        ('"[[role:a]] \\x5b[role:a]] "', [(1, 9), (1, 9)]),
    ],
)
def test_a_reference_in_a_text_has_a_place_of_its_own(text: str, places: list[tuple[int, int]]) -> None:
    _, index = decode("integration", f"intro: {text}\npoints: []\n")
    assert [(each.location.line, each.location.column) for each in index.references] == places
    assert all(each.in_text and (each.kind, each.id) == ("role", "a") for each in index.references)


def test_many_references_behind_escapes_are_read_in_one_look() -> None:
    """Each looks for its place in the file; a text that hides them is searched once, not each time."""
    text = "\\x5b[role:a]] " * 50_000
    _, index = decode("integration", f'intro: "{text}"\npoints: []\n')
    assert len(index.references) == 50_000


def test_code_and_ids_and_narrow_texts_hold_no_references() -> None:
    text = "faq:\n- {id: a, question: '[[term:x]]', answer: '[[term:x]]'}\n"
    assert [each.location.column for each in decode("faq", text)[1].references] == [22, 44]
    text = (
        "metrics:\n- {id: M1, title: t, definition: d, source: s, formula: '[[term:x]]', "
        "target: t, owner: o, every: e}\n"
    )
    assert [each.kind for each in decode("metrics", text)[1].references] == ["role"]


def test_an_owner_is_the_nearest_entry_with_an_id_of_its_own() -> None:
    index = POLICIES["minimal"].index
    owners = {(each.kind, each.id, each.owner) for each in index.references}
    assert {
        ("operation", "table.drop", ("item", "level-right")),
        ("role", "code-reviewer", ("level", "LOW")),
        ("role", "code-reviewer", ("checklist", "author")),
        ("channel", "database", ("runbook", "restore")),
        ("role", "data-engineer", ("", "")),
        ("control", "second-pair-of-eyes", ("gap", "G1")),
        ("level", "HIGH", ("operation", "table.drop")),
    } <= owners


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("level", ["LOW", "MEDIUM", "HIGH", "CRITICAL"]),
        ("step", ["quick-start/write", "full-process/plan", "restore/freeze", "restore/copy"]),
        ("option", ["has-migration/no", "has-migration/yes"]),
        ("message", ["restore/first"]),
        ("topic", ["Q1"]),
    ],
)
def test_ids_are_kept_by_kind_and_scoped_ones_with_their_parent(kind: str, keys: list[str]) -> None:
    assert list(POLICIES["minimal"].index.definitions[kind]) == keys


def test_every_id_of_the_model_is_defined_by_the_minimal_policy() -> None:
    """So that the minimal policy stays a sample of every concept."""
    loaded = POLICIES["minimal"]
    kinds = {
        found[1].kind
        for root in vars(loaded.policy).values()
        for node in nodes(root)
        if (found := id_field(type(node)))
    }
    assert kinds == set(loaded.index.definitions)
    assert set(POLICIES["shipped"].index.definitions) <= kinds


NODE = Node(location=Location("a", 1, 1))


def definition(kind: str, key: str, scope: str = "", line: int = 1) -> Definition:
    return Definition(kind, key, NODE, Location("a", line, 1), "roles", scope)


def test_the_index_keeps_repeats_apart() -> None:
    index = Index()
    first, second, third = (definition("role", "a", line=line) for line in (1, 2, 3))
    others = definition("level", "a"), definition("step", "a", "x"), definition("step", "a", "y")
    for each in (first, second, third, *others):
        index.define(each)
    assert index.repeated == [(first, second), (first, third)]
    assert index.find("role", "a") is first
    assert index.find("step", "x/a") is others[1]
    assert (index.find("step", "a"), index.find("none", "a"), index.find("role", "b")) == (None, None, None)
    assert index.named("a") == (first, others[0])
    assert index.named("y/a") == (others[2],)
    assert index.named("none") == ()


@pytest.mark.parametrize(
    ("names", "entry", "place"),
    [
        (("roles",), None, (2, 1)),
        (("roles",), 0, (2, 3)),
        (("none",), None, (1, 1)),
        (("none", "roles"), None, (2, 1)),
        ((), None, (1, 1)),
    ],
)
def test_the_index_knows_the_place_of_each_value(
    names: tuple[str, ...], entry: int | None, place: tuple[int, int]
) -> None:
    text = "roles:\n- id: a\n  title: A\n  summary: S\n  responsibilities: [R]\n"
    node, index = decode("roles", text)
    assert index.place(node, *names, entry=entry) == Location("policies/roles.yaml", *place)
    assert index.place(node.roles[0], "title") == Location("policies/roles.yaml", 3, 10)
    assert index.place(NODE, "title") == NODE.location
