"""Where statements begin and end, in every dialect."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.migrations.quotes import Dialect
from handrail.migrations.statements import split
from handrail.migrations.tokens import tokens

ALL: tuple[Dialect, ...] = ("sqlite", "postgresql", "mysql")


def texts(script: str, dialect: Dialect = "sqlite") -> list[str]:
    return [each.text for each in split(script, dialect)]


@pytest.mark.parametrize("dialect", ALL)
@pytest.mark.parametrize(
    ("script", "statements"),
    [
        ("", []),
        (";;\n ; ", []),
        ("-- only\n/* comments */", []),
        ("-- no line after it", []),
        ("select 1", ["select 1"]),
        ("select 1;", ["select 1"]),
        ("select 1 ;\r\nselect 2;\r\n", ["select 1", "select 2"]),
        ("select 1;select 2", ["select 1", "select 2"]),
        ("\ufeffselect 1;", ["select 1"]),
        ("select 1;\x00select 2", ["select 1", "select 2"]),
        ("select 'a;b'; select 2", ["select 'a;b'", "select 2"]),
        ("select 'it''s;'; select 2", ["select 'it''s;'", "select 2"]),
        ('select "a;""b" ; select 2', ['select "a;""b"', "select 2"]),
        ("select 1 -- a;b'\n+ 1; select 2", ["select 1 -- a;b'\n+ 1", "select 2"]),
        ("select 1 /* a;b' */ + 1; select 2", ["select 1 /* a;b' */ + 1", "select 2"]),
        ("/* a */ -- b\nselect 1 -- c\n; -- d", ["select 1 -- c"]),
        ("select 4 - 2 / 1; select 2", ["select 4 - 2 / 1", "select 2"]),
    ],
)
def test_what_all_dialects_agree_on(script: str, statements: list[str], dialect: Dialect) -> None:
    assert texts(script, dialect) == statements


@pytest.mark.parametrize(
    ("dialect", "script", "statements"),
    [
        ("sqlite", "select [a;b], `c;d`; select 2", ["select [a;b], `c;d`", "select 2"]),
        ("sqlite", r"select 'a\'; select 2", [r"select 'a\'", "select 2"]),
        ("sqlite", "select $a$;$a$", ["select $a$", "$a$"]),
        ("sqlite", "select 1 /* to the end; ", ["select 1 /* to the end;"]),
        ("sqlite", "/* to the end; ", []),
        ("postgresql", "select [1;2]", ["select [1", "2]"]),
        ("postgresql", "do $$ begin; end $$; select 2", ["do $$ begin; end $$", "select 2"]),
        ("postgresql", "do $a$ ; $b$ ; $$ $a$; select 2", ["do $a$ ; $b$ ; $$ $a$", "select 2"]),
        ("postgresql", "select a$b$ ; select c$b$", ["select a$b$", "select c$b$"]),
        ("postgresql", "select $1; select $2", ["select $1", "select $2"]),
        ("postgresql", r"select E'a\';b'; select 2", [r"select E'a\';b'", "select 2"]),
        ("postgresql", r"select te'a\'; select 2", [r"select te'a\'", "select 2"]),
        ("postgresql", r"select 'a\'; select 2", [r"select 'a\'", "select 2"]),
        (
            "postgresql",
            "select /* a /* b; */ c; */ 1; select 2",
            ["select /* a /* b; */ c; */ 1", "select 2"],
        ),
        ("postgresql", "select `a; select `b", ["select `a", "select `b"]),
        ("mysql", r"select 'a\';b', " + r'"c\";d"; select 2', [r"select 'a\';b', " + r'"c\";d"', "select 2"]),
        ("mysql", r"select `a\`; select 2", [r"select `a\`", "select 2"]),
        ("mysql", "# a;b\nselect 1 # c;\n; select 2", ["select 1 # c;", "select 2"]),
        ("mysql", "select 3--1; select 2 --", ["select 3--1", "select 2 --"]),
        ("mysql", "select 1;--> statement-breakpoint\nselect 2--> 1", ["select 1", "select 2--> 1"]),
        ("mysql", "select /* /* ; */ 1; select 2", ["select /* /* ; */ 1", "select 2"]),
        ("mysql", "select 2 */*;*/ 3", ["select 2 */*;*/ 3"]),
    ],
)
def test_what_one_dialect_means(dialect: Dialect, script: str, statements: list[str]) -> None:
    assert texts(script, dialect) == statements


CASE_BODY = "create trigger t after insert on x begin select case when 1 then 2 end; select 2; end"


@pytest.mark.parametrize(
    ("dialect", "body"),
    [
        ("sqlite", CASE_BODY),
        ("sqlite", "CREATE /* ; */ TEMP\nTRIGGER t BEGIN DELETE FROM x; /* ; */ END /* all; */"),
        (
            "postgresql",
            "create function f() begin atomic select case 1 when 1 then 2 end; select 3; end",
        ),
        (
            "postgresql",
            "create function f() language sql return case when a then case b when 1 then 2 end end",
        ),
        ("mysql", CASE_BODY),
        ("mysql", "create procedure p() begin set a = case when b then case c when 1 then 2 end end; end"),
        ("mysql", "create procedure p() begin if a then set b = 1; else set b = 2; end if; end"),
        ("mysql", "create procedure p() begin while a do set b = 1; end while; end"),
        ("mysql", "create procedure p() begin repeat set a = 1; until a end repeat; end"),
        (
            "mysql",
            "create procedure p() begin l: loop leave l; end loop; end",
        ),
        (
            "mysql",
            "create procedure p() begin case a when 1 then select 1; end case; set a = if(b, c, d); end",
        ),
        ("mysql", "create procedure p() begin drop table if exists x; begin end; end"),
        (
            "mysql",
            "CREATE OR REPLACE DEFINER=`a b`@'%' TRIGGER t FOR EACH ROW IF a THEN SET b = 1; END IF",
        ),
        ("mysql", "create event e on schedule every 1 day do begin delete from a; delete from b; end"),
        ("mysql", "begin not atomic select 1; end"),
    ],
)
def test_a_body_is_part_of_its_statement(dialect: Dialect, body: str) -> None:
    assert texts(f"{body};\nselect 1;", dialect) == [body, "select 1"]
    assert texts(body, dialect) == [body]
    assert not any(each.unterminated for each in split(body, dialect))


@pytest.mark.parametrize(
    ("dialect", "script", "statements"),
    [
        ("mysql", "create trigger t before insert on x for each row set a = 1; select 1", 2),
        ("mysql", "create function f() returns int return 1; select 1", 2),
        ("mysql", "create table event (begin int); select 1", 2),
        ("mysql", "begin; select 1; commit", 3),
        ("sqlite", "begin; select 1; end; select 1", 4),
        ("postgresql", "begin; select 1; end; select 1", 4),
        ("postgresql", "create function f() returns int as 'begin' language sql; select 1", 2),
    ],
)
def test_what_looks_like_a_body_and_is_none(dialect: Dialect, script: str, statements: int) -> None:
    assert len(texts(script, dialect)) == statements


@pytest.mark.parametrize(
    ("script", "statements"),
    [
        ("DELIMITER //\nselect 1; select 2//\nselect 3 // \ndelimiter ;\nselect 4;", [
            "select 1; select 2", "select 3", "select 4",
        ]),
        ("delimiter $$\ncreate procedure p() begin select 1; end$$\n", [
            "create procedure p() begin select 1; end",
        ]),
        ("delimiter ;;\nselect ';;', 1; ;;", ["select ';;', 1;"]),
        ("select delimiter ;", ["select delimiter"]),
    ],
)  # fmt: skip
def test_a_delimiter_of_the_mysql_client(script: str, statements: list[str]) -> None:
    assert texts(script, "mysql") == statements


@pytest.mark.parametrize(
    ("script", "statements"),
    [
        ("/*!40101 SET NAMES utf8 */;\nselect 1", ["SET NAMES utf8", "select 1"]),
        ("/*! select 1 */; /*M!100100 select 2 */", ["select 1", "select 2"]),
        ("create table a (b int) /*!50100 engine=x */;", ["create table a (b int)          engine=x"]),
        ("/*!50003 CREATE*/ /*!50017 TABLE a*/ (b int) ;", ["CREATE            TABLE a   (b int)"]),
        ("/*M!999999\\- enable the sandbox mode */\nselect 1;", ["select 1"]),
        ("select '/*! a */' /* b */", ["select '/*! a */' /* b */"]),
    ],
)
def test_comments_that_mysql_runs_are_code(script: str, statements: list[str]) -> None:
    assert texts(script, "mysql") == statements


@pytest.mark.parametrize("dialect", ALL)
def test_the_line_is_that_of_the_first_code(dialect: Dialect) -> None:
    script = "-- a\r\n\r\n/* b\n */ select\r\n 'x\ny';\nselect 2; select 3;\n\n  select 4"
    found = list(split(script, dialect))
    assert [each.line for each in found] == [4, 7, 7, 9]
    assert [script[each.start : each.start + len(each.text)] for each in found] == [e.text for e in found]


@pytest.mark.parametrize(
    ("dialect", "rest"),
    [
        ("sqlite", "select 'a; select 2;"),
        ("sqlite", "select [a; select 2;"),
        ("sqlite", "create trigger t after insert on x begin select 1; select 2;"),
        ("postgresql", "do $a$ begin; $b$;"),
        ("postgresql", "/* /* */ select 2;"),
        ("postgresql", r"select E'a\';"),
        ("mysql", r"select 'a\';"),
        ("mysql", "select 1 /* ; select 2"),
        ("mysql", "create procedure p() begin select 1;"),
    ],
)
def test_what_never_closes_is_the_last_statement_and_says_so(dialect: Dialect, rest: str) -> None:
    first, last = split(f"select 1;\n{rest}", dialect)
    assert (first.unterminated, last.unterminated) == (False, True)
    assert (last.line, last.text) == (2, rest)


pieces = st.sampled_from(
    ["'", '"', "`", "[", "]", ";", "--", "\n", "/*", "*/", " ", "x", "-", "/", "*", "end", " create trigger ",
     "create temp trigger y begin ", "create ", "temporary ", "trigger ", ";end;", "/**/", "'a'", "1"]
)  # fmt: skip


def first_end_as_sqlite_sees_it(script: str) -> int:
    """Return where the first statement that is none but space and comments ends, delimiter included."""
    ends = (place + 1 for place, letter in enumerate(script) if letter == ";")
    return next((end for end in ends if sqlite3.complete_statement(script[:end])), len(script))


@given(st.lists(pieces, max_size=30).map("".join))
def test_sqlite_itself_ends_a_statement_at_the_same_place(script: str) -> None:
    place = 0
    expected = []
    while place < len(script):
        end = place + first_end_as_sqlite_sees_it(script[place:])
        expected.append(end)
        place = end
    ends = [each.start + len(each.text) for each in split(script, "sqlite")]
    assert all(any(end <= there for there in expected) for end in ends)
    for statement in split(script, "sqlite"):
        # Between two ends that SQLite sees there is at most one statement of ours.
        begin, end = statement.start, statement.start + len(statement.text)
        assert not any(begin < there < end for there in expected)


@given(
    st.lists(pieces | st.sampled_from(["$a$", "$$", "E'", "\\", "#", "/*!1 "])).map("".join),
    st.sampled_from(ALL),
)
def test_nothing_but_space_comments_and_delimiters_is_left_out(script: str, dialect: Dialect) -> None:
    place = 0
    for statement in split(script, dialect):
        assert statement.text.strip()
        assert statement.line == script.count("\n", 0, statement.start) + 1
        if "/*!" not in script:
            assert all(each.says(";") for each in tokens(script[place : statement.start], dialect))
        place = statement.start + len(statement.text)
    assert place <= len(script)
