"""Files -> one policy: what is joined, what may be missing, and that nothing breaks the reader."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.core.location import Location
from handrail.policy.consistency import find_inconsistencies
from handrail.policy.load import Loaded, load_policy, splits
from handrail.policy.model import FILES, Policy
from tests.minimal.builder import dump_policies, edited, load, minimal_data, minimal_policies

DATA = minimal_data()
FILES_OF = minimal_policies()
LISTS_ONLY = {
    "roles",
    "operations",
    "checklists",
    "patterns",
    "runbooks",
    "controls",
    "gaps",
    "risks",
    "metrics",
    "decisions",
    "faq",
    "glossary",
    "waivers",
    "artefacts",
}


def ids(values: tuple[Any, ...]) -> list[str]:
    return [each.id for each in values]


def policy_of(files: Mapping[str, bytes]) -> Policy:
    done = load(files)
    assert done.policy is not None, done.findings
    return done.policy


@pytest.mark.parametrize("stem", FILES)
def test_what_may_be_split_or_left_out(stem: str) -> None:
    assert splits(stem) is (stem in LISTS_ONLY)
    files = {path: raw for path, raw in FILES_OF.items() if path != f"policies/{stem}.yaml"}
    codes = {finding.code for finding in load(files).findings if finding.severity == "error"}
    assert ("policy.missing-file" in codes) is (stem not in LISTS_ONLY)


def test_a_file_that_is_left_out_holds_nothing() -> None:
    files = {path: raw for path, raw in FILES_OF.items() if "waivers" not in path and "faq" not in path}
    policy = policy_of(files)
    assert (policy.waivers.waivers, policy.faq.faq) == ((), ())
    assert policy.waivers.location == Location("policies/waivers.yaml")


def test_parts_are_joined_by_path_and_a_file_beside_them_counts_too() -> None:
    (first, second) = DATA["glossary"]["terms"]
    term = {"id": "third", "term": "Third", "means": "It comes between."}
    parts = {
        "policies/glossary.yaml": [first],
        "policies/glossary/b.yaml": [second],
        "policies/glossary/a.yaml": [term],
        "policies/glossary/c.yml": [{**term, "id": "fourth"}],
    }
    files = {path: raw for path, raw in FILES_OF.items() if path != "policies/glossary.yaml"}
    for path, terms in parts.items():
        (files[path],) = dump_policies({"x": {"terms": terms}}).values()
    policy = load_policy(files, {"artefact": ["approval-matrix"]}).policy
    assert policy is not None
    assert ids(policy.glossary.terms) == ["migration", "third", "rollback", "fourth"]
    assert [each.location.path for each in policy.glossary.terms] == sorted(
        parts, key=lambda path: (path != "policies/glossary.yaml", path)
    )


def test_every_list_of_a_split_file_is_joined() -> None:
    files = {path: raw for path, raw in FILES_OF.items() if path != "policies/operations.yaml"}
    data = DATA["operations"]
    part = {**dump_policies({"operations/a": {"dangers": data["dangers"], "operations": []}})}
    part |= dump_policies({"operations/b": {"operations": data["operations"]}})
    policy = policy_of({**files, **part})
    assert policy.operations == policy_of(FILES_OF).operations


@pytest.mark.parametrize(
    ("old", "new", "policy", "usable"),
    [
        ("", "", True, True),
        ("colour: 0e8a16", "colour: red", False, False),
        ("level: LOW", "level: NONE", True, False),
        ("level: LOW\n", "level: LOW\n# note\n", True, True),
    ],
)
def test_what_is_usable(old: str, new: str, policy: bool, usable: bool) -> None:
    """Artefacts are made of a policy without errors; one with a wrong shape is no policy at all."""
    path = "policies/pull-request.yaml"
    done = load(edited(FILES_OF, path, old, new))
    assert (done.policy is not None, done.usable) == (policy, usable)


def test_a_warning_leaves_the_policy_usable() -> None:
    done = load(edited(FILES_OF, "policies/operations.yaml", "    dangers: [loses-data]\n", ""))
    assert [finding.code for finding in done.findings] == ["policy.unused"]
    assert done.usable


def test_findings_show_their_line_without_its_break() -> None:
    raw = b"\xef\xbb\xbfwaivers:\r\n  - operation: none\r\n    colour: red\r\n"
    lines = {finding.source for finding in load({**FILES_OF, "policies/waivers.yaml": raw}).findings}
    assert lines == {"  - operation: none", "    colour: red"}


def test_a_long_line_is_shown_in_part() -> None:
    raw = b"faq: " + b"x" * 10_000 + b"\n"
    (finding,) = load({**FILES_OF, "policies/faq.yaml": raw}).findings
    assert len(finding.source) == 400


def test_what_the_code_defines_is_passed_in() -> None:
    done = load_policy(FILES_OF, {"artefact": [], "check": ["code-owners", "history-untouched"]})
    unknown = {finding.message for finding in done.findings}
    assert "unknown artefact 'approval-matrix'" in unknown
    assert not any("unknown check" in message for message in unknown)


def test_everything_is_told_in_one_run_in_the_order_of_the_files() -> None:
    files = dict(FILES_OF)
    for stem in reversed(FILES):
        files[f"policies/{stem}.yaml"] = b"unknown: 1\n" + FILES_OF[f"policies/{stem}.yaml"]
    findings = load(files).findings
    assert [finding.location for finding in findings] == [
        Location(f"policies/{stem}.yaml") for stem in sorted(FILES)
    ]


def test_inconsistencies_are_found_once_each() -> None:
    done = load(edited(FILES_OF, "policies/gaps.yaml", "controls: [second", "controls: [none, second"))
    assert done.policy is not None
    again = list(find_inconsistencies(done.policy, done.index, {"check": (), "artefact": ()}))
    assert len(again) == len(set(again))


# --- nothing breaks the reader ------------------------------------------------------------------


def places(data: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield steps
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from places(value, (*steps, key))


def put(data: Any, steps: tuple[Any, ...], value: Any) -> Any:
    data = copy.deepcopy(data)
    inside = data
    for step in steps[:-1]:
        inside = inside[step]
    inside[steps[-1]] = value
    return data


PLACES = [(stem, steps) for stem, data in DATA.items() for steps in places(data) if steps]
LEAVES = [place for place in PLACES if isinstance(place[1][-1], str | int)]
NAMES = [
    "",
    "a",
    "LOW",
    "NONE",
    "table.drop",
    "[[role:none]]",
    "[[x:y]] [[term:rollback]]",
    "((",
    "a|b",
    "\U0001f600",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(NAMES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title", "x"]), inner),
    max_leaves=6,
)


def checked(done: Loaded, files: Mapping[str, bytes]) -> None:
    """Hold every finding against the files that it is about."""
    for finding in done.findings:
        path, line, column = finding.location
        if finding.code != "policy.missing-file":
            lines = files[path].decode().splitlines()
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 1
            assert finding.source == lines[line - 1][:400]
        assert finding.message
        assert finding.message[-1] not in ".:\n "
        assert finding.hint
        assert finding.hint == finding.hint.strip()
    assert (done.policy is None) <= any(finding.severity == "error" for finding in done.findings)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LEAVES), JSON)
def test_any_data_gives_a_policy_or_findings(place: tuple[str, tuple[Any, ...]], value: Any) -> None:
    stem, steps = place
    files = {**FILES_OF, **dump_policies({stem: put(DATA[stem], steps, value)})}
    checked(load(files), files)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(NAMES))
def test_any_words_give_a_policy_or_findings(place: tuple[str, tuple[Any, ...]], word: str) -> None:
    """Texts in the place of texts: the shape holds, and what names what is in disorder."""
    stem, steps = place
    value: Any = DATA[stem]
    for step in steps:
        value = value[step]
    if isinstance(value, str):
        files = {**FILES_OF, **dump_policies({stem: put(DATA[stem], steps, word)})}
        checked(load(files), files)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(FILES_OF)), st.integers(0, 2000), st.binary(max_size=3))
def test_any_bytes_in_a_file_give_a_policy_or_findings(path: str, at: int, more: bytes) -> None:
    raw = FILES_OF[path]
    files = {**FILES_OF, path: raw[: at % len(raw)] + more + raw[at % len(raw) + 1 :]}
    for finding in load(files).findings:
        assert finding.location.path in files
        assert finding.hint


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(FILES_OF)), st.integers(0, 2000))
def test_a_file_cut_short_gives_a_policy_or_findings(path: str, at: int) -> None:
    files = {**FILES_OF, path: FILES_OF[path][: at % len(FILES_OF[path])]}
    for finding in load(files).findings:
        assert finding.location.path in files
        assert finding.hint
