"""Risk levels as text, Markdown and JSON: what is said, in which order, and nothing of a script gets out."""

import json
from typing import Any

import pytest

from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.migrations.fold import Undo
from handrail.migrations.operations import Operation, Unread
from handrail.reporters.risk_json import render_risk_json
from handrail.reporters.risk_markdown import render_risk_markdown
from handrail.reporters.risk_text import WIDE, render_risk_text
from handrail.risk.classify import NO_ROLLBACK
from handrail.risk.verdict import REBUILD, Judged, MigrationRisk, Verdict
from handrail.risk.waivers import Waiver

ORDER = ("LOW", "MEDIUM", "HIGH", "CRITICAL")
DROP = Judged(
    Operation(
        "column.drop.required", "users", "name", "TEXT", line=7, facts=("The column was required before.",)
    ),
    "CRITICAL",
    "The values are gone.",
    "Stop the reads first.",
)
MAKE = Judged(Operation("table.create", "a", line=2), "LOW", "Nothing is there yet.")
RENAME = Judged(Operation("table.rename", "a", old="a", new="b", line=3), "HIGH")
WAIVER = Waiver("table.rename", "a", "Nobody reads it.", "mira", "2026-12-31", Location("m.sql", 1))
UNREAD = Unread(9, "DO $$ x", "dynamic SQL")


def risk(
    *judged: Judged, level: str = "LOW", path: str = "db/1_a.sql", unread: tuple[Unread, ...] = ()
) -> MigrationRisk:
    return MigrationRisk("1_a", path, "sqlite", level, judged, (), unread, Undo("undone"))


def verdict(*risks: MigrationRisk) -> Verdict:
    return Verdict(max((each.level for each in risks), key=ORDER.index, default="LOW"), risks)


def lines(*risks: MigrationRisk) -> list[str]:
    return render_risk_text(verdict(*risks), ORDER).splitlines()


# --- text ---


def test_text_tells_what_raised_the_level_and_counts_the_rest() -> None:
    assert lines(risk(MAKE, DROP, MAKE, RENAME, level="CRITICAL")) == [
        "CRITICAL  db/1_a.sql",
        "  CRITICAL line 7: column.drop.required  users.name (TEXT)",
        "    seen   The column was required before.",
        "    why    The values are gone.",
        "    safer  Stop the reads first.",
        "  HIGH     line 3: table.rename  a (a -> b)",
        "    also   table.create x2",
        "",
        "1 migration: 1 CRITICAL. Highest: CRITICAL.",
    ]


def test_why_is_told_once_a_kind() -> None:
    text = "\n".join(lines(risk(DROP, DROP, level="CRITICAL")))
    assert (text.count("column.drop.required"), text.count("    why ")) == (2, 1)
    assert text.count("    seen ") == 2


def test_why_there_is_no_way_back_is_not_told() -> None:
    judged = Judged(Operation(NO_ROLLBACK, facts=("There is no down script.",)), "MEDIUM", "Because.")
    assert lines(risk(judged, level="MEDIUM"))[1:3] == [
        "  MEDIUM   line 1: history.no_rollback",
        "    seen   There is no down script.",
    ]


def test_the_worst_comes_first_then_the_line() -> None:
    first, second = (RENAME._replace(operation=RENAME.operation._replace(line=line)) for line in (5, 4))
    told = [
        each for each in lines(risk(first, second, DROP, level="CRITICAL")) if ": " in each and "line" in each
    ]
    assert [each.split()[2] for each in told] == ["7:", "4:", "5:"]


def test_a_waived_operation_is_told_and_counted() -> None:
    waived = RENAME._replace(waiver=WAIVER)
    assert lines(risk(waived)) == [
        "LOW       db/1_a.sql",
        "  HIGH     line 3: table.rename  a (a -> b)",
        "    waived by mira until 2026-12-31: Nobody reads it.",
        "",
        "1 migration: 1 LOW. Highest: LOW.",
        "1 operation is waived, and not counted.",
    ]
    assert lines(risk(waived, waived))[-1] == "2 operations are waived, and not counted."


def test_what_nobody_read_is_told_and_counted() -> None:
    assert lines(risk(unread=(UNREAD,)))[1:] == [
        "    unread line 9: DO $$ x (dynamic SQL)",
        "",
        "1 migration: 1 LOW. Highest: LOW.",
        "Not checked: 1 statement. A person has to read them.",
    ]
    assert lines(risk(unread=(UNREAD,) * 2))[-1] == "Not checked: 2 statements. A person has to read them."


def test_a_raised_level_says_why() -> None:
    raised = RENAME._replace(raised="the table is read elsewhere")
    assert "    seen   Raised, because: the table is read elsewhere." in lines(risk(raised, level="HIGH"))


def test_a_rebuild_has_nothing_to_say_of_its_own() -> None:
    rebuild = Judged(Operation(REBUILD, "a"), "HIGH")
    assert lines(risk(rebuild, RENAME, level="HIGH"))[1:3] == [
        "  HIGH     line 3: table.rename  a (a -> b)",
        "    also   table.rebuild",
    ]


def test_several_migrations_are_counted_from_the_highest_level_down() -> None:
    several = (risk(), risk(RENAME, level="HIGH"), risk(), risk(DROP, level="CRITICAL"))
    assert lines(*several)[-1] == "4 migrations: 1 CRITICAL, 1 HIGH, 2 LOW. Highest: CRITICAL."


def test_long_texts_are_wrapped() -> None:
    judged = DROP._replace(why="word " * 60, safer="x" * 200)
    wrapped = lines(risk(judged, level="CRITICAL"))
    assert max(map(len, wrapped)) == WIDE
    assert sum("word" in each for each in wrapped) == 5


@pytest.mark.parametrize(
    ("level", "colour"), [("LOW", "32"), ("MEDIUM", "33"), ("HIGH", "35"), ("CRITICAL", "1;31")]
)
def test_each_level_has_its_colour(level: str, colour: str) -> None:
    text = render_risk_text(verdict(risk(level=level)), ORDER, colour=True)
    assert text.startswith(f"\x1b[{colour}m{level.ljust(8)}\x1b[0m  db/1_a.sql\n")


@pytest.mark.parametrize(("order", "colour"), [(("only",), "32"), (("a", "only"), "1;31")])
def test_other_levels_have_colours_too(order: tuple[str, ...], colour: str) -> None:
    text = render_risk_text(Verdict("only", (risk(level="only"),)), order, colour=True)
    assert text.startswith(f"\x1b[{colour}monly")


@pytest.mark.parametrize("raw", ["\x1b[2J", "\r", "\n", "\u202e", "\x9b", "\udcff"])
def test_nothing_of_a_script_steers_the_terminal(raw: str) -> None:
    operation = Operation("rows.delete.all", f"a{raw}b", facts=(f"a{raw}b",))
    odd = risk(
        Judged(operation, "HIGH"), level="HIGH", path=f"a{raw}b", unread=(Unread(1, f"a{raw}b", f"a{raw}b"),)
    )
    assert all(each.isprintable() for each in render_risk_text(verdict(odd), ORDER).split("\n"))


# --- Markdown ---


def test_markdown_has_a_table_and_what_raised_each_level() -> None:
    text = render_risk_markdown(verdict(risk(MAKE, DROP, level="CRITICAL"), risk()), ORDER)
    assert text == (
        "## Migration risk: CRITICAL\n\n"
        "| Level | Migration | Operations |\n| --- | --- | --- |\n"
        "| CRITICAL | `1_a` | `column.drop.required` |\n| LOW | `1_a` |  |\n"
        "\n### `1_a`: CRITICAL\n\n"
        "- **CRITICAL** `column.drop.required` users.name (TEXT), `db/1_a.sql:7`. "
        "The column was required before. The values are gone. Safer: Stop the reads first.\n"
    )


def test_markdown_tells_waivers_and_what_nobody_read() -> None:
    text = render_risk_markdown(verdict(risk(RENAME._replace(waiver=WAIVER), unread=(UNREAD,))), ORDER)
    assert "a (a -\\> b), `db/1_a.sql:3`. Waived by mira until 2026-12-31: Nobody reads it.\n" in text
    assert text.endswith("- **Not checked**, line 9: `DO $$ x` (dynamic SQL)\n")


@pytest.mark.parametrize(
    "raw", ["a|b", "a`b", "<img src=x>", "a\n\n## b", "[a](http://b)", "@team", "<!-- a", "\\|", "*a*"]
)
def test_nothing_of_a_script_is_markdown(raw: str) -> None:
    operation = Operation("rows.delete.all", raw, facts=(raw,))
    odd = risk(Judged(operation, "HIGH"), level="HIGH", unread=(Unread(1, raw, raw),))._replace(name=raw)
    text = render_risk_markdown(verdict(odd), ORDER)
    plain = render_risk_markdown(verdict(odd._replace(name="n")), ORDER)
    assert text.count("\n") == plain.count("\n") == 10
    assert all(line.count("|") - line.count("\\|") == 4 for line in text.splitlines()[2:5])
    outside = "".join(text.split("`")[::2]) if "`" not in raw else text
    assert "<img" not in outside.replace("\\<", "")
    assert "](" not in outside.replace("\\]", "")
    assert "@team" not in outside


# --- JSON ---


def test_json_is_ascii_and_says_all() -> None:
    waived = RENAME._replace(waiver=WAIVER, raised="so")
    found = Finding("history.name", "m\u00e4", Location("db/1_a.sql", 3), "note", "h")
    text = render_risk_json(verdict(risk(waived, unread=(UNREAD,))._replace(findings=(found,))))
    assert text.isascii()
    value: dict[str, Any] = json.loads(text)
    (migration,) = value["migrations"]
    assert migration["not_checked"] == [{"line": 9, "text": "DO $$ x", "reason": "dynamic SQL"}]
    assert migration["rollback"] == "undone"
    (finding,) = migration["findings"]
    assert (finding["message"], finding["severity"], finding["line"]) == ("m\u00e4", "note", 3)
    assert migration["operations"] == [
        {
            "kind": "table.rename",
            "table": "a",
            "column": "",
            "from": "a",
            "to": "b",
            "line": 3,
            "level": "HIGH",
            "facts": [],
            "why": "",
            "safer": "",
            "raised": "so",
            "waiver": {"reason": "Nobody reads it.", "owner": "mira", "expires": "2026-12-31"},
        }
    ]


@pytest.mark.parametrize("text", ["\udcff", "\U0001f600", '"', "\x00", "\u2028"])
def test_json_is_read_back_to_the_letter(text: str) -> None:
    value = json.loads(render_risk_json(verdict(risk(path=text))))
    assert value["migrations"][0]["path"] == text


def test_nothing_to_classify() -> None:
    assert lines() == ["No migration to classify."]
    assert render_risk_markdown(verdict(), ORDER) == "## Migration risk\n\nNo migration to classify.\n"
    assert json.loads(render_risk_json(verdict()))["migrations"] == []
