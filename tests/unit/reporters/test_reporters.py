"""Findings as text, JSON, GitHub annotations and SARIF: for people, for programs, and safe for both."""

import json
import re
from typing import Any

import pytest

from handrail import __version__
from handrail.artefacts.layout import width
from handrail.core.finding import Finding, Severity
from handrail.core.location import Location
from handrail.reporters import FORMATS, report
from handrail.reporters.github import render_github
from handrail.reporters.json import render_json
from handrail.reporters.sarif import render_sarif
from handrail.reporters.text import render_text


def finding(
    message: str = "unknown role 'tech-laed'",
    *,
    path: str = "policies/risk-matrix.yaml",
    line: int = 14,
    column: int = 9,
    severity: Severity = "error",
    code: str = "policy.dangling-reference",
    hint: str = "",
    source: str = "",
    diff: str = "",
) -> Finding:
    return Finding(code, message, Location(path, line, column), severity, hint, source, diff)


PLAIN = finding(hint="Did you mean 'tech-lead'?", source="      - role: tech-laed", column=15)
ODD = [
    finding("line\r\nbreak\x1b[31m\u202e \u00fc \U0001f600", path="docs/a b,c:d%\u00fc.md", hint="100%\n::x"),
    finding("", path="x", line=1, column=1, severity="note", code="a"),
    finding("w", severity="warning", code="b.c-d", diff="--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new"),
]


@pytest.mark.parametrize("form", FORMATS)
def test_no_findings(form: str) -> None:
    text = report((), form)
    empty = {"text": "", "github": "", "json": {"version": 1, "findings": []}}
    if form == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []
    else:
        assert (json.loads(text) if form == "json" else text) == empty[form]


@pytest.mark.parametrize("form", FORMATS)
def test_every_report_is_the_same_twice_and_ends_with_a_line_break(form: str) -> None:
    assert report(ODD, form) == report(list(ODD), form)
    assert report(ODD, form).endswith("\n")


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_only_text_has_colour(form: str) -> None:
    assert report(ODD, form, colour=True) == report(ODD, form)
    assert "\x1b[31merror\x1b[0m" in report(ODD, "text", colour=True)


# --- text ---


def test_text_shows_place_line_caret_code_and_hint() -> None:
    assert render_text([PLAIN]) == (
        "policies/risk-matrix.yaml:14:15: error: unknown role 'tech-laed' [policy.dangling-reference]\n"
        "          - role: tech-laed\n"
        "                  ^\n"
        "    hint: Did you mean 'tech-lead'?\n"
        "1 error\n"
    )


@pytest.mark.parametrize(
    ("severities", "count"),
    [
        (("error",), "1 error"),
        (("note", "error", "error"), "2 errors, 1 note"),
        (("warning", "warning", "note", "note", "error"), "1 error, 2 warnings, 2 notes"),
        (("note",), "1 note"),
    ],
)
def test_text_counts(severities: tuple[Severity, ...], count: str) -> None:
    assert render_text([finding(severity=each) for each in severities]).splitlines()[-1] == count


SOURCES: dict[str, tuple[str, int]] = {
    "short": ("role: tech-laed", 7),
    "first column": ("role", 1),
    "behind the end": ("role:", 6),
    "indented": (" " * 20 + "role: x", 27),
    "far right": ("x" * 300 + "HERE" + "y" * 300, 301),
    "just within": ("x" * 59 + "HERE" + "y" * 60, 60),
    "just beyond": ("x" * 61 + "HERE" + "y" * 60, 62),
    "accents": ("\u00e4\u00f6\u00fc e\u0301: x", 8),
    "wide": ("\u65e5\u672c\u8a9e: x", 6),
    "very wide": ("\u65e5" * 100 + "x", 101),
    "emoji": ("\U0001f600\U0001f600 \u2764\ufe0f: x", 8),
    "tab": ("\ta: x", 5),
    "control": ("\x1b[31ma: x", 9),
    "right to left": ("\u202eabc: x", 7),
    "no-break space": ("a\u00a0: x", 5),
    "ends at the cut": ("x" * 200, 200),
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_caret_stands_below_the_place_within_80_columns(name: str) -> None:
    source, column = SOURCES[name]
    _, shown, caret, *_ = render_text([finding(source=source, column=column)]).splitlines()
    assert width(shown) <= 80
    assert width(caret) <= 80
    assert re.fullmatch(r" {4} *\^", caret)
    wanted = source[column - 1 : column]
    assert under(shown, len(caret) - 1) == wanted
    assert shown.isprintable()


def under(line: str, column: int) -> str:
    """Return the character that a terminal shows at ``column``, '' behind the end."""
    ends = (end for end in range(1, len(line) + 1) if width(line[:end]) > column)
    return line[next(ends) - 1] if width(line) > column else ""


@pytest.mark.parametrize("raw", ["\x1b[2J", "\r", "\n", "\x07", "\u202e", "\u2028", "\x9b", "\udcff"])
@pytest.mark.parametrize("where", ["message", "hint", "source", "diff"])
def test_nothing_of_the_users_steers_the_terminal(raw: str, where: str) -> None:
    texts: dict[str, Any] = {where: f"a{raw}b"}
    shown = render_text([finding(**texts)])
    assert raw not in shown.replace("\n", "") if raw != "\n" else shown.count("\n") <= 5
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_a_difference_is_indented_and_coloured_by_line() -> None:
    diff = "--- there\n+++ wanted\n@@ -1 +1 @@\n-old\n+new\n same"
    lines = render_text([finding(diff=diff)], colour=True).splitlines()[1:-1]
    assert lines == [
        "    \x1b[31m--- there\x1b[0m",
        "    \x1b[32m+++ wanted\x1b[0m",
        "    \x1b[36m@@ -1 +1 @@\x1b[0m",
        "    \x1b[31m-old\x1b[0m",
        "    \x1b[32m+new\x1b[0m",
        "     same",
    ]
    assert "\x1b" not in render_text([finding(diff=diff)])


# --- JSON ---


def test_json_has_the_documented_shape() -> None:
    assert json.loads(render_json([PLAIN, ODD[2]])) == {
        "version": 1,
        "findings": [
            {
                "code": "policy.dangling-reference",
                "severity": "error",
                "message": "unknown role 'tech-laed'",
                "hint": "Did you mean 'tech-lead'?",
                "path": "policies/risk-matrix.yaml",
                "line": 14,
                "column": 15,
            },
            {
                "code": "b.c-d",
                "severity": "warning",
                "message": "w",
                "hint": "",
                "path": "policies/risk-matrix.yaml",
                "line": 14,
                "column": 9,
                "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new",
            },
        ],
    }


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_json_is_ascii_so_that_any_terminal_can_carry_it(form: str) -> None:
    names = [finding("\udcff \u00fc", path="docs/\udcff.md"), *ODD]
    assert report(names, form).isascii()
    assert "\\u00fc" in report(names, form)


# --- GitHub ---

COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)")


def unescaped(text: str, *, data: bool = False) -> str:
    """Return what GitHub's runner reads, in its own order: the percent sign last."""
    pairs = [("%0D", "\r"), ("%0A", "\n")] + ([] if data else [("%3A", ":"), ("%2C", ",")]) + [("%25", "%")]
    for spelled, raw in pairs:
        text = text.replace(spelled, raw)
    return text


@pytest.mark.parametrize(
    "each", [PLAIN, *ODD, finding("::error::x", path="::set-env name=a::b"), finding("%0A %3A", path="%2C%")]
)
def test_github_reads_every_part_back(each: Finding) -> None:
    (line,) = render_github([each]).split("\n")[:-1]
    found = COMMAND.fullmatch(line)
    assert found is not None
    assert found[1] == {"error": "error", "warning": "warning", "note": "notice"}[each.severity]
    assert unescaped(found[2]) == each.location.path
    assert (int(found[3]), int(found[4])) == (each.location.line, each.location.column)
    assert unescaped(found[5]) == each.code
    assert unescaped(found[6], data=True) == f"{each.message}\n{each.hint}".strip()


def test_github_gets_the_worst_first_because_it_shows_ten_of_a_kind() -> None:
    severities: list[Severity] = ["note", "error", "warning", "error", "note"]
    findings = [finding(str(number), severity=each) for number, each in enumerate(severities)]
    lines = render_github(findings).splitlines()
    assert [line.split(" ")[0] for line in lines] == [
        "::error",
        "::error",
        "::warning",
        "::notice",
        "::notice",
    ]
    assert [line[-1] for line in lines] == ["1", "3", "2", "0", "4"]


@pytest.mark.parametrize(
    "text",
    [
        "::error::x",
        "\n::error::x",
        "\r\n::stop-commands::y",
        "%0A::error::x",
        "a\n##[error]x",
        "\u2028::error::x",
    ],
)
@pytest.mark.parametrize("where", ["message", "hint", "path", "code", "source", "diff"])
def test_no_text_makes_a_command_of_its_own(text: str, where: str) -> None:
    parts: dict[str, Any] = {where: text}
    lines = re.split(r"[\r\n]", render_github([finding(**parts)]).rstrip("\n"))
    assert len(lines) == 1
    assert lines[0].startswith("::error file=")
    assert lines[0].count("::") == 2 + (text.count("::") if where in ("message", "hint") else 0)


# --- SARIF ---


def test_sarif_says_all_that_a_finding_says() -> None:
    log = json.loads(render_sarif([PLAIN, *ODD, PLAIN]))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("handrail", __version__)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == sorted(set(rules))
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in driver["rules"])
    for result, each in zip(run["results"], [PLAIN, *ODD, PLAIN], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == each.code
        assert result["level"] == each.severity
        assert result["message"]["text"] == f"{each.message}\n{each.hint}".strip()
        (place,) = result["locations"]
        region = place["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == each.location[1:]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/index.md", "docs/index.md"),
        ("docs/a b.md", "docs/a%20b.md"),
        ("docs/100%.md", "docs/100%25.md"),
        ("docs/\u00fc.md", "docs/%C3%BC.md"),
        ("docs/\udcff.md", "docs/%FF.md"),
        ("a:b/c?d#e", "a%3Ab/c%3Fd%23e"),
        (".github/CODEOWNERS", ".github/CODEOWNERS"),
    ],
)
def test_sarif_names_files_as_uri_references(path: str, uri: str) -> None:
    (result,) = json.loads(render_sarif([finding(path=path)]))["runs"][0]["results"]
    (place,) = result["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_sarif_has_the_help_in_markdown_that_shows_it_to_the_letter() -> None:
    (run,) = json.loads(render_sarif([finding(hint="Write `a|b` to @ops")]))["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"] == {"text": "Write `a|b` to @ops", "markdown": r"Write \`a\|b\` to @<!-- -->ops"}


def prints(findings: list[Finding]) -> list[str]:
    results = json.loads(render_sarif(findings))["runs"][0]["results"]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]


def test_sarif_knows_a_finding_again_when_only_its_line_changed() -> None:
    assert prints([finding(line=1)]) == prints([finding(line=99, column=3)])
    others = [finding(), finding("other"), finding(path="other"), finding(code="other")]
    assert len(set(prints(others))) == 4


def test_sarif_keeps_apart_what_is_found_twice_in_a_file() -> None:
    first, second = prints([finding(line=1), finding(line=2)])
    assert first != second
    assert prints([finding(line=5), finding(line=6)]) == [first, second]
