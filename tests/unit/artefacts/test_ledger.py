"""The ledger: text that merges like code, and that no text can make say too much."""

from hashlib import blake2b

import pytest

from handrail.artefacts.ledger import HEAD, Ledger, changed_inputs, digest, parse_ledger, render_ledger

A, B = "a" * 24, "b" * 24

LEDGERS = {
    "empty": Ledger(),
    "clean": Ledger("1.2.3", True),
    "full": Ledger(
        "0.1.0",
        False,
        {
            ("policy", "policies/team.yaml"): A,
            ("template", "docs/FAQ.md.j2"): B,
            ("page", "docs/with space.md"): A,
            ("link", "LICENSE"): "there",
        },
        {"docs/FAQ.md": (A,), "docs/x y.md": (A, B), "mkdocs.yml#navigation": (B,)},
    ),
    "names": Ledger("1", True, {("page", "docs/\u00fc \u65e5.md"): A}, {"docs/\udcff.md": (A,)}),
}


@pytest.mark.parametrize("name", LEDGERS)
def test_what_was_rendered_is_read_back(name: str) -> None:
    ledger = LEDGERS[name]
    assert parse_ledger(render_ledger(ledger)) == ledger
    assert render_ledger(parse_ledger(render_ledger(ledger))) == render_ledger(ledger)


def test_the_text_has_a_line_a_file_in_an_order_of_its_own() -> None:
    ledger = LEDGERS["full"]
    backwards = Ledger(
        ledger.version,
        ledger.clean,
        dict(reversed(list(ledger.inputs.items()))),
        dict(reversed(list(ledger.outputs.items()))),
    )
    assert render_ledger(backwards) == render_ledger(ledger)
    assert render_ledger(ledger) == HEAD + (
        "handrail 0.1.0\n"
        "clean no\n"
        "link there LICENSE\n"
        f"page {A} docs/with space.md\n"
        f"policy {A} policies/team.yaml\n"
        f"template {B} docs/FAQ.md.j2\n"
        f"wrote {A} docs/FAQ.md\n"
        f"wrote {A},{B} docs/x y.md\n"
        f"wrote {B} mkdocs.yml#navigation\n"
    )


LINES: dict[str, Ledger] = {
    "": Ledger(),
    "\n\n": Ledger(),
    "# wrote x y": Ledger(),
    "<<<<<<< HEAD\n=======\n>>>>>>> topic": Ledger(),
    "handrail": Ledger(""),
    "handrail 1\nhandrail 2": Ledger("2"),
    "clean yes": Ledger("", True),
    "clean yes\nclean no": Ledger("", False),
    "clean maybe": Ledger("", False),
    "clean": Ledger("", False),
    "Clean yes": Ledger("", False),
    "nonsense a b": Ledger(),
    f"wrote {A}": Ledger(),
    f"wrote {A} ": Ledger(),
    f"wrote {A} docs/a.md": Ledger(outputs={"docs/a.md": (A,)}),
    f"wrote {A} docs/a.md\nwrote {B} docs/a.md": Ledger(outputs={"docs/a.md": (A, B)}),
    f"wrote {A},{B} docs/a.md": Ledger(outputs={"docs/a.md": (A, B)}),
    f"wrote {A} ../a.md": Ledger(),
    f"wrote {A} docs/../../a.md": Ledger(),
    f"wrote {A} ..": Ledger(),
    f"wrote {A} /a.md": Ledger(),
    f"wrote {A} \\a.md": Ledger(),
    f"wrote {A} ..\\a.md": Ledger(),
    f"wrote {A} docs\\..\\..\\a.md": Ledger(),
    f"wrote {A} C:\\a.md": Ledger(),
    f"wrote {A} C:a.md": Ledger(),
    f"wrote {A} docs/\0.md": Ledger(),
    f"wrote {A} docs/a..b.md": Ledger(outputs={"docs/a..b.md": (A,)}),
    f"wrote {A} docs/a: b.md": Ledger(outputs={"docs/a: b.md": (A,)}),
    f"policy {A} policies/a b.yaml": Ledger(inputs={("policy", "policies/a b.yaml"): A}),
    f"policy {A} p\npolicy {B} p": Ledger(inputs={("policy", "p"): B}),
    f"  policy {A} p": Ledger(),
    f"policy {A} p\r\nclean yes\r\n": Ledger("", True, {("policy", "p"): A}),
}


@pytest.mark.parametrize("text", LINES, ids=repr)
def test_each_line_says_what_it_says_and_no_more(text: str) -> None:
    assert parse_ledger(text) == LINES[text]


CHANGES: list[tuple[dict[str, str], dict[str, str], tuple[str, ...]]] = [
    ({}, {}, ()),
    ({"a": A}, {"a": A}, ()),
    ({"a": A}, {"a": B}, ("a",)),
    ({"a": A}, {}, ("a",)),
    ({}, {"a": A}, ("a",)),
    ({"b": A, "a": A, "c": A}, {"c": B, "d": A, "b": A}, ("a", "c", "d")),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
@pytest.mark.parametrize("kind", ["policy", "template"])
def test_inputs_that_changed(
    old: dict[str, str], new: dict[str, str], expected: tuple[str, ...], kind: str
) -> None:
    other = {("page", "z"): A}
    ledger = Ledger(inputs={(kind, path): total for path, total in old.items()} | other)
    now = {(kind, path): total for path, total in new.items()}
    assert changed_inputs(ledger, now, kind) == expected


def test_a_digest_is_what_hashlib_says() -> None:
    for data in (b"", b"a", b"\xff" * 100_000):
        assert digest(data) == blake2b(data, digest_size=12).hexdigest()


def test_ledgers_are_equal_by_what_they_say() -> None:
    assert Ledger("1", True, {}, {}) == Ledger("1", True)
    for other in (Ledger("2", True), Ledger("1"), Ledger("1", True, {("page", "a"): A}), "1"):
        assert Ledger("1", True) != other
