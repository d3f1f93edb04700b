"""YAML 1.2 core, strict: values, places, and what is refused, held against two other readers."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.core.location import Location
from handrail.source.yaml_nodes import MAX_BYTES, MAX_DEPTH, Document, Mark, parse_yaml
from tests.fakes import CHECKOUT
from tests.minimal.builder import environment, minimal_files, read_plain


def parse(text: str | bytes) -> Document:
    return parse_yaml("f.yaml", text.encode() if isinstance(text, str) else text)


def problems(text: str | bytes) -> list[tuple[int, int, str]]:
    return [(f.location.line, f.location.column, f.code) for f in parse(text).findings]


def words_of(text: str) -> list[str]:
    return text.split()


def value_of(text: str) -> Any:
    document = parse(f"k: {text}\n")
    assert document.findings == ()
    return document.data["k"]


# --- values -------------------------------------------------------------------------------------

WORDS = words_of("""
    on off yes no On OFF y n truE tRUE nULL none None << x=y a:b a#b -x a-b ~/x http://x.org
    1.10 1.0 .5 1e3 .inf .nan +1.5 12:30 12:30:45 2026-01-31 2026-01-31T10:00:00Z
    007 0x1F 0o17 0b1 1_000 1,000 12345678901234567890 -1234567890123456789
""")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_stays_text(word: str) -> None:
    assert value_of(word) == word


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("+5", 5),
        ("-17", -17),
        ("1234567890", 1234567890),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ('"5"', "5"),
        ("''", ""),
        ('"~"', "~"),
        ("|\n  5", "5\n"),
        (">-\n  true", "true"),
        (">-\n  a\n  b\n\n  c", "a b\nc"),
        ("|\n  a\n   b", "a\n b\n"),
        ("a # comment", "a"),
        ('"a\\tb\\nc\\u00e9\\x41"', "a\tb\nc\u00e9A"),
        ("'it''s'", "it's"),
        ("a\n  b", "a b"),
        ("\u05e9\u05dc\u05d5\u05dd \U0001f600 e\u0301", "\u05e9\u05dc\u05d5\u05dd \U0001f600 e\u0301"),
        ("[1, a, [], {}, ~]", [1, "a", [], {}, None]),
        ("{a: 1, 'b': {c: [d]}}", {"a": 1, "b": {"c": ["d"]}}),
        ("[a: 1, b]", [{"a": 1}, "b"]),
        ("\n- 1\n- - 2\n- b: 3", [1, [2], {"b": 3}]),
    ],
)
def test_a_value(text: str, value: Any) -> None:
    found = value_of(text)
    assert (found, type(found)) == (value, type(value))


def test_keys_are_texts() -> None:
    assert parse("1: a\ntrue: b\nnull: c\n1.10: d\non: e\n").data == {
        "1": "a",
        "true": "b",
        "null": "c",
        "1.10": "d",
        "on": "e",
    }


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\n\n", "\ufeff", "--- # x\n...\n"])
def test_a_file_without_content_holds_nothing(text: str) -> None:
    assert (parse(text).data, parse(text).findings) == (None, ())


@pytest.mark.parametrize("text", ["a: 1\n", "a: 1", "---\na: 1\n", "a: 1\n...\n", "%YAML 1.2\n---\na: 1\n"])
def test_one_document(text: str) -> None:
    assert (parse(text).data, parse(text).findings) == ({"a": 1}, ())


@pytest.mark.parametrize("path", sorted(minimal_files()))
def test_line_breaks_of_other_systems_change_nothing(path: str) -> None:
    raw = minimal_files()[path].replace(b"\n", b"\r\n")
    if path.endswith(".yaml"):
        wanted = parse(minimal_files()[path])
        for other in (raw, b"\xef\xbb\xbf" + raw, raw.replace(b"\r\n", b"\r")):
            found = parse(other)
            assert (found.data, found.mark, found.findings) == (wanted.data, wanted.mark, ())


# --- places -------------------------------------------------------------------------------------


def marks(mark: Mark) -> Any:
    """Return a mark in a form of its own, to compare with the oracle's."""
    line, column, children = mark
    if isinstance(children, dict):
        return line, column, {key: (each[0], each[1], marks(each[2])) for key, each in children.items()}
    return line, column, None if children is None else [marks(each) for each in children]


def oracle(node: yaml.Node) -> Any:
    """Return what PyYAML's own parser, written in Python, says about the places."""
    at = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.MappingNode):
        inside = {}
        for key, value in node.value:
            start = key.start_mark
            inside[key.value] = (start.line + 1, start.column + 1, oracle(value))
        return *at, inside
    return *at, [oracle(each) for each in node.value] if isinstance(node, yaml.SequenceNode) else None


def oracle_of(text: str) -> Any:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    return oracle(node)


SHIPPED = sorted((CHECKOUT / "policies").rglob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_places_in_the_shipped_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = parse(text)
    assert document.findings == ()
    assert document.data == read_plain(text.encode())
    assert marks(document.mark) == oracle_of(text)


def words(mark: Mark) -> Iterator[tuple[str, int, int]]:
    """Yield each key with its line and column."""
    children = mark[2]
    if isinstance(children, dict):
        for key, (line, column, inside) in children.items():
            yield key, line, column
            yield from words(inside)
    for each in children if isinstance(children, list) else []:
        yield from words(each)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_key_stands_where_it_is_said_to_stand(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    found = list(words(parse(text).mark))
    assert found
    for key, line, column in found:
        assert lines[line - 1][column - 1 :].startswith(f"{key}:")


TREES = [
    "a: 1\nb:\n  c: x\n  d:\n  - 1\n  -   - 2\n      - 3\n  - e: f\n    g: h\n",
    "a: {b: [c, {d: e}], 'f': \"g\"}\nh:   i\n",
    "# c\n\n- |\n  text\n  more\n- >-\n   folded\n   more\n-\n  late\n- ''\n",
    "é: ü\n\U0001f600\U0001f600: 'x'\nmore: [é, \U0001f600, z]\n",
    "a: first\n  second\nb: 'one\n  two'\nc: end\n",
    "? a\n: b\n? 'c'\n: - d\n",
    "plain",
    "[]",
    "--- {a: b}\n",
    "a:\n\n\n      b\nc:\n  # between\n  d\n",
]


@pytest.mark.parametrize("text", TREES)
def test_places_agree_with_another_parser(text: str) -> None:
    assert marks(parse(text).mark) == oracle_of(text)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029"),
    max_size=12,
)
SCALARS = TEXT | st.integers(-(10**15), 10**15) | st.booleans() | st.none() | st.sampled_from(WORDS)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def shown(data: Any, *, flow: bool, width: int, indent: int) -> str:
    return yaml.dump(
        data, default_flow_style=flow, width=width, indent=indent, allow_unicode=True, sort_keys=False
    )


@settings(max_examples=300, deadline=None)
@given(DATA, st.booleans(), st.integers(10, 100), st.integers(2, 6))
def test_what_is_written_is_read_back_with_its_places(data: Any, flow: bool, width: int, indent: int) -> None:
    text = shown(data, flow=flow, width=width, indent=indent)
    if "&" in text and "&id" in text:  # PyYAML writes equal empty lists as aliases
        return
    document = parse(text)
    assert document.findings == ()
    assert document.data == data
    assert marks(document.mark) == oracle_of(text)


@settings(max_examples=200, deadline=None)
@given(DATA)
def test_json_is_yaml(data: Any) -> None:
    document = parse(json.dumps(data, ensure_ascii=False))
    assert (document.data, document.findings) == (data, ())


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("ab:- [],{}'\"#&*!|>%@\n ?~1\\."), max_size=40))
def test_any_text_gives_data_or_a_finding_inside_the_file(text: str) -> None:
    document = parse(text)
    lines = text.split("\n")
    for finding in document.findings:
        _, line, column = finding.location
        assert 1 <= line <= len(lines) + 1
        assert 1 <= column <= (len(lines[line - 1]) if line <= len(lines) else 0) + 1
        assert finding.hint
        assert finding.severity == "error"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_data_or_a_finding(raw: bytes) -> None:
    document = parse(raw)
    assert document.findings or document.data is None or isinstance(document.data, str | int | list | dict)


def test_a_second_reader_of_yaml_1_2_agrees_on_words() -> None:
    ruamel = pytest.importorskip("ruamel.yaml", reason="ruamel.yaml is not installed")
    reader = ruamel.YAML(typ="safe", pure=True)
    core = ["on", "off", "yes", "no", "y", "12:30", "true", "FALSE", "~", "null", "17", "-3", "nULL"]
    assert [value_of(word) for word in core] == [reader.load(f"k: {word}\n")["k"] for word in core]


LOCATED = parse("a:\n  b: [x, {c: d}]\n  e:\n    - f\n")


@pytest.mark.parametrize(
    ("steps", "key", "place"),
    [
        ((), False, (1, 1)),
        (("a",), True, (1, 1)),
        (("a",), False, (2, 3)),
        (("a", "b"), True, (2, 3)),
        (("a", "b"), False, (2, 6)),
        (("a", "b", 0), False, (2, 7)),
        (("a", "b", 1, "c"), True, (2, 11)),
        (("a", "b", 1, "c"), False, (2, 14)),
        (("a", "e", 0), False, (4, 7)),
        (("a", "none"), False, (2, 3)),
        (("a", "none", "deeper"), True, (2, 3)),
        (("a", "b", "c"), False, (2, 6)),
        (("a", "b", 0, "c"), False, (2, 7)),
    ],
)
def test_locate(steps: tuple[str | int, ...], key: bool, place: tuple[int, int]) -> None:
    assert LOCATED.locate(steps, key=key) == Location("f.yaml", *place)


# --- what is refused ----------------------------------------------------------------------------

BOMB = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*a, *a, *a, *a, *a, *a, *a, *a]\n" for n in "bcdefghi")
DEEP = MAX_DEPTH * 10
REFUSED: list[tuple[str, str | bytes, tuple[int, int, str]]] = [
    ("latin-1", b"a: 1\nb: caf\xe9\n", (2, 7, "yaml.not-utf8")),
    ("column in characters", "é: ü".encode() + b"\xff", (1, 5, "yaml.not-utf8")),
    ("utf-16", "a: 1\n".encode("utf-16"), (1, 1, "yaml.not-utf8")),
    ("utf-16 without mark", "a: 1\n".encode("utf-16-le"), (1, 2, "yaml.control-character")),
    ("cut in a character", "a: é".encode()[:-1], (1, 4, "yaml.not-utf8")),
    ("overlong", b"a: \xc0\x80", (1, 4, "yaml.not-utf8")),
    ("surrogate", b"a: \xed\xa0\x80", (1, 4, "yaml.not-utf8")),
    ("NUL", b"a: 1\nb: x\x00y\n", (2, 5, "yaml.control-character")),
    ("BEL", b"a: \x07", (1, 4, "yaml.control-character")),
    ("escape sequence", b"a: \x1b[2J", (1, 4, "yaml.control-character")),
    ("DEL", b"a: \x7f", (1, 4, "yaml.control-character")),
    ("two byte order marks", "\ufeff\ufeffa: 1", (1, 1, "yaml.control-character")),
    ("byte order mark inside", "a: 1\n\ufeffb: 2", (2, 1, "yaml.control-character")),
    ("next line", "a: x\x85y", (1, 5, "yaml.control-character")),
    ("line separator", "a: x\u2028y", (1, 5, "yaml.control-character")),
    ("noncharacter", "a: \uffff", (1, 4, "yaml.control-character")),
    ("control character in a comment", "a: 1 # \x01", (1, 8, "yaml.control-character")),
    ("escaped NUL", 'a: "x\\0"', (1, 4, "yaml.control-character")),
    ("escaped BEL", 'a:\n  - "\\a"', (2, 5, "yaml.control-character")),
    ("escaped carriage return", 'a: "\\r"', (1, 4, "yaml.control-character")),
    ("escaped line separator", 'a: "\\L"', (1, 4, "yaml.control-character")),
    ("escaped escape", 'a: "\\e[2J"', (1, 4, "yaml.control-character")),
    ("tab as indentation", "a:\n\tb: 1", (2, 1, "yaml.tab")),
    ("tab after a key", "a:\t1", (1, 3, "yaml.tab")),
    ("tab in a text", "a: x\ty", (1, 5, "yaml.tab")),
    ("tab in a comment", "a: 1\n#\tb", (2, 2, "yaml.tab")),
    ("tab after windows line breaks", "a: 1\r\nb: \t2", (2, 4, "yaml.tab")),
    ("tab after old mac line breaks", "a: 1\rb: \t2", (2, 4, "yaml.tab")),
    ("anchor", "a: &x 1", (1, 4, "yaml.anchor")),
    ("alias", "a: *x", (1, 4, "yaml.anchor")),
    ("anchor on a list", "a: &x\n  - 1", (1, 4, "yaml.anchor")),
    ("merge key", "a: 1\n<<: *x", (2, 5, "yaml.anchor")),
    ("bomb", BOMB, (1, 4, "yaml.anchor")),
    ("alias as key", "*x : 1", (1, 1, "yaml.key")),
    ("anchor on a key", "a: 1\n&x b: 1", (2, 1, "yaml.key")),
    ("tag on a key", "!!str a: 1", (1, 1, "yaml.key")),
    ("list as key", "? [a]\n: b", (1, 3, "yaml.key")),
    ("mapping as key", "a: {{ b }}", (1, 5, "yaml.key")),
    ("python tag", "a: !!python/object/apply:os.system [ls]", (1, 4, "yaml.tag")),
    ("string tag", "a: !!str 1", (1, 4, "yaml.tag")),
    ("own tag", "a:\n  - !secret b", (2, 5, "yaml.tag")),
    ("tag on a mapping", "a: !m {b: c}", (1, 4, "yaml.tag")),
    ("tag without a name", "a: ! b", (1, 4, "yaml.tag")),
    ("tag of a handle", "%TAG ! tag:x.org:\n---\na: !y 1", (3, 4, "yaml.tag")),
    ("tag at the root", "!x\na: 1", (1, 1, "yaml.tag")),
    ("deep flow lists", "a: " + "[" * DEEP, (1, MAX_DEPTH + 3, "yaml.too-deep")),
    ("deep flow mappings", "{a: " * DEEP, (1, 4 * MAX_DEPTH + 1, "yaml.too-deep")),
    ("deep lists", "- " * DEEP + "x", (1, 2 * MAX_DEPTH + 1, "yaml.too-deep")),
    ("deep mappings", "".join(f"{' ' * n}a:\n" for n in range(DEEP)), (33, 33, "yaml.too-deep")),
    ("50 MB", b"a: 1\n" * 10_000_000, (1, 1, "yaml.too-large")),
    ("50 MB on a line", b"x" * 50_000_000, (1, 1, "yaml.too-large")),
    ("one byte too many", b"#" * (MAX_BYTES + 1), (1, 1, "yaml.too-large")),
    ("two documents", "a: 1\n---\nb: 2", (2, 1, "yaml.many-documents")),
    ("two documents, closed", "a: 1\n...\n---\nb: 2", (3, 1, "yaml.many-documents")),
    ("two empty documents", "---\n---\n", (2, 1, "yaml.many-documents")),
    ("twice", "a: 1\nb: 2\na: 3", (3, 1, "yaml.duplicate-key")),
    ("twice inside", "a:\n  b: 1\n  b: 1", (3, 3, "yaml.duplicate-key")),
    ("twice in a flow mapping", "a: {b: 1, c: 2, b: 3}", (1, 17, "yaml.duplicate-key")),
    ("twice with quotes", "a: 1\n'a': 2", (2, 1, "yaml.duplicate-key")),
    ("twice in a list", "- {a: 1}\n- {a: 1, a: 2}", (2, 10, "yaml.duplicate-key")),
    ("colon in a text", "a: b: c", (1, 5, "yaml.syntax")),
    ("colon in a later line", "a: b\n  c: d", (2, 4, "yaml.syntax")),
    ("apostrophe", "a: 'it's'", (1, 8, "yaml.syntax")),
    ("quotes left open", 'x: 1\na: "b\nc: d\n', (2, 4, "yaml.syntax")),
    ("bracket left open", "a: [b, c\nd: 1\n", (2, 2, "yaml.syntax")),
    ("less indented", "a:\n  b: 1\n c: 2", (3, 2, "yaml.syntax")),
    ("more indented", "a: x # y\n b: 1", (2, 2, "yaml.syntax")),
    ("list and mapping", "- a\nb: c", (2, 1, "yaml.syntax")),
    ("dash without space", "a:\n- b\n-c\nd: 1", (3, 1, "yaml.syntax")),
    ("at sign", "a: @b", (1, 4, "yaml.syntax")),
    ("backquote", "a:\n  - `b`", (2, 5, "yaml.syntax")),
    ("list after a key", "a: - b", (1, 4, "yaml.syntax")),
    ("unknown escape", 'a: "C:\\q"', (1, 7, "yaml.syntax")),
    ("half a surrogate", 'a: "\\ud800"', (1, 7, "yaml.syntax")),
    ("stray bracket", "a: ]", (1, 4, "yaml.syntax")),
    ("other version", "%YAML 2.0\n---\na: 1", (1, 1, "yaml.syntax")),
    ("no key", ": 1", (1, 1, "yaml.syntax")),
]


@pytest.mark.parametrize(("text", "problem"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_and_where(text: str | bytes, problem: tuple[int, int, str]) -> None:
    assert problems(text) == [problem]


@pytest.mark.parametrize("text", ["[" * 1_000_000, "[" * 1_000_000 + "]" * 1_000_000])
def test_a_million_levels(text: str) -> None:
    """Where it stops depends on libyaml: newer ones meet a limit of their own first."""
    ((line, column, code),) = problems(text)
    assert (line, code) == (1, "yaml.too-deep")
    assert column in (MAX_DEPTH + 1, 1001)


def test_limits_are_inclusive() -> None:
    assert problems(b"#" * MAX_BYTES) == []
    assert problems("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []


def test_every_duplicate_is_told_and_the_first_one_counts() -> None:
    document = parse("a: 1\nb: {c: 1, c: 2}\na: [x]\na: 4\n")
    assert document.data == {"a": 1, "b": {"c": 1}}
    assert [(f.location.line, f.message) for f in document.findings] == [
        (2, "key 'c' stands here again (first on line 2)"),
        (3, "key 'a' stands here again (first on line 1)"),
        (4, "key 'a' stands here again (first on line 1)"),
    ]


def test_a_duplicate_does_not_hide_what_comes_later() -> None:
    assert problems("a: 1\na: 2\nb: &x 1\n") == [(2, 1, "yaml.duplicate-key"), (3, 4, "yaml.anchor")]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "a: [b, c\nd: 1\n",
            (
                "not valid YAML: did not find expected ',' or ']'"
                " while parsing a flow sequence that begins on line 1"
            ),
            "Look at the indentation, and at quotes and brackets.",
        ),
        (
            'a: "b\nc: d\n',
            "not valid YAML: the quotes that open here do not close",
            "Close them.",
        ),
        (
            "a: @b",
            "not valid YAML: this character begins no text",
            "Put a text that begins with it in quotes.",
        ),
        (
            'a: "\\q"',
            "not valid YAML: unknown escape in double quotes",
            "Write \\\\ for a backslash, or use single quotes.",
        ),
        (
            "a: *bold",
            "anchors and aliases are not read",
            "Write the value again, or put a text that begins with & or * in quotes.",
        ),
        (
            "a: *bold*",
            "not valid YAML: & and * begin no text",
            "Put a text that begins with & or * in quotes.",
        ),
        (
            "a: b: c",
            "not valid YAML: a colon where no key can stand",
            "Quote a text that holds ': ', and look at the indentation.",
        ),
        (
            "a: - b",
            "not valid YAML: a dash where no list can begin",
            "Begin the list on a line of its own, or quote a text that begins with '- '.",
        ),
        (
            "a:\n- b\n-c\nd: 1",
            "not valid YAML: no ': ' in this line",
            "Write key: value, or - and an entry.",
        ),
        (b"a: \xe9", "the byte 0xE9 is not UTF-8", "Save the file as UTF-8."),
        (
            "a: !!str b",
            "tag !!str is not read",
            "Remove the tag, or put a text that begins with ! in quotes.",
        ),
        (
            "a: !x",
            "tag !x is not read",
            "Remove the tag, or put a text that begins with ! in quotes.",
        ),
        (
            "a: {{ b }}",
            "a key must be a word",
            "Write key: value; a text that begins with { or [ needs quotes.",
        ),
        (
            "a:\tb",
            "tab character",
            'Indent with spaces; inside a text write "\\t" in double quotes.',
        ),
        ("a: \x00", "control character U+0000", "Remove it."),
        ('a: "\\0"', "an escape makes control character U+0000", "Remove it."),
        (
            "#" * (MAX_BYTES + 1),
            "the file has more than 8,388,608 bytes",
            "Split it: a folder of the same name may hold parts.",
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_said(text: str | bytes, message: str, hint: str) -> None:
    assert [(f.message, f.hint) for f in parse(text).findings] == [(message, hint)]


def test_without_libyaml_the_reader_says_what_to_install(tmp_path: Path) -> None:
    """PyYAML without libyaml has no module yaml._yaml; here Python is told that there is none."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "team.yaml").write_text("a: 1\n", encoding="utf-8")
    program = "import sys; sys.modules['yaml._yaml'] = None; import handrail.__main__ as m; m.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "validate"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        "handrail: PyYAML was built without libyaml, and its own parser reads some files differently.\n"
        "    hint: Install a PyYAML wheel: "
        "python -m pip install --force-reinstall --only-binary :all: pyyaml\n"
    )
