"""The YAML reader gives the data that a writer wrote, every part at its place, and never raises."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from handrail.source.yaml_nodes import MAX_DEPTH, Document, Mark, parse_yaml
from tests.minimal.builder import minimal_files
from tests.properties.project import examples
from tests.properties.texts import PRINTABLE, WORDS

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(PRINTABLE, max_size=12)
    | st.sampled_from(WORDS)
    | st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map("\n".join)
)
KEYS = st.text(PRINTABLE, max_size=8) | st.sampled_from(("id", "on", "no", "1", "1.5", "~", "<<", "=", "a b"))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from((True, False, None)),
        "indent": st.integers(2, 6),
        "width": st.sampled_from((20, 80, 10**6)),
        "allow_unicode": st.booleans(),
        "explicit_start": st.booleans(),
    }
)


class Dumper(yaml.SafeDumper):
    """Writes every text in one style, with neither anchors nor tags."""

    style: str | None = None

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # the name is PyYAML's
        return True


def _text(dumper: Dumper, text: str) -> yaml.ScalarNode:
    style = dumper.style
    if style is None and (text == "" or text.lstrip("-+").isdigit()):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, _text)


def dumped(data: Any, style: str | None, options: dict[str, Any]) -> str:
    dumper: type[Dumper] = type("Styled", (Dumper,), {"style": style})
    text: str = yaml.dump(data, Dumper=dumper, sort_keys=False, **options)
    return text


def parts(data: Any, mark: Mark) -> Iterator[tuple[Any, int, int]]:
    """Yield (what, line, column) of every key and value, as Handrail found them."""
    line, column, children = mark
    yield (None if isinstance(data, dict | list) else data), line, column
    if isinstance(data, dict):
        for key, (at_line, at_column, inner) in children.items():
            yield key, at_line, at_column
            yield from parts(data[key], inner)
    elif isinstance(data, list):
        for each, inner in zip(data, children, strict=True):
            yield from parts(each, inner)


def nodes(node: yaml.Node, data: Any) -> Iterator[tuple[Any, int, int]]:
    """Yield the same from the nodes that PyYAML's own parser, not libyaml's, composed."""
    at = node.start_mark
    yield (None if isinstance(data, dict | list) else data), at.line + 1, at.column + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, key.start_mark.line + 1, key.start_mark.column + 1
            yield from nodes(value, data[key.value])
    elif isinstance(node, yaml.SequenceNode):
        for inner, each in zip(node.value, data, strict=True):
            yield from nodes(inner, each)


@examples(150)
@given(DATA, st.sampled_from((None, "'", '"', "|", ">")), STYLES)
def test_what_was_written_is_read_with_its_places(data: Any, style: str | None, options: Any) -> None:
    text = dumped(data, style, options)
    document = parse_yaml("a.yaml", text.encode())
    assert (document.findings, document.data) == ((), data), text
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    assert list(parts(data, document.mark)) == list(nodes(node, data)), text


def usable(document: Document) -> bool:
    return all(
        each.message and each.hint and each.location.line > 0 and each.location.column > 0
        for each in document.findings
    )


@examples(200)
@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbfa: 1")
@example(b"\xff\xfea\x00")
@example(b"a: \xc3")
@example(b"? [a]\n: b")
@example(b"? a")
@example(b"%YAML 1.1\n---\na")
@example(b"%TAG ! !\n---\n!a b")
@example(b"--- a\n--- b")
@example(b"...\n...\n")
@example(b"a: *b")
@example(b"[" * 5000)
@example(b"{a: " * 5000)
@example(b"- " * 5000)
@example(b"? " * 5000)
@example(b"a: 'b\n")
@example(b'"\\ud800"')
@example(b'"\\x00"')
@example(b"a: |9\n b")
@example(b"\r\r\n\n")
def test_any_bytes_are_findings_or_data(raw: bytes) -> None:
    assert usable(parse_yaml("a.yaml", raw))


@examples(150)
@given(st.data())
def test_any_damage_to_a_policy_file_is_findings_or_data(data: st.DataObject) -> None:
    files = [raw for path, raw in minimal_files().items() if path.endswith(".yaml")]
    raw = bytearray(data.draw(st.sampled_from(files)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(at, min(len(raw), at + 6)))
        extra = st.sampled_from(
            (b"&a ", b"*a", b"!!x ", b"\t", b"- ", b": ", b"{", b"}", b"[", b'"', b"\n---\n")
        )
        raw[at:end] = data.draw(extra | st.binary(max_size=3))
    assert usable(parse_yaml("a.yaml", bytes(raw)))


@pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1])
@pytest.mark.parametrize(("left", "right"), [("[", "]"), ("{a: ", "}")])
def test_the_last_depth_is_read_and_the_next_is_not(left: str, right: str, depth: int) -> None:
    document = parse_yaml("a.yaml", (left * depth + right * depth).encode())
    found = [(each.code, each.location.column) for each in document.findings]
    assert found == ([] if depth == MAX_DEPTH else [("yaml.too-deep", len(left) * MAX_DEPTH + 1)])
