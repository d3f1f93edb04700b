"""A script is split by the rules of psql, in one pass, whatever is broken in it."""

import pytest

from handrail.migrations.postgresql.split import Piece, clause, split_script


@pytest.mark.parametrize(
    ("script", "pieces"),
    [
        ("", []),
        (" ;;\n; ", []),
        ("-- only a comment;", []),
        ("SELECT 1", [(1, "SELECT 1")]),
        ("SELECT 1;\nSELECT 2;", [(1, "SELECT 1"), (2, "SELECT 2")]),
        ("-- why;\n\n/* a; /* b; */ */ SELECT 1;", [(3, "SELECT 1")]),
        ("SELECT 1 -- not; here\n, 2;", [(1, "SELECT 1 -- not; here\n, 2")]),
        ("SELECT ';', 'it''s;', \"a;\"\"b\";", [(1, "SELECT ';', 'it''s;', \"a;\"\"b\"")]),
        (r"SELECT E'\';', 'a\'; SELECT 2;", [(1, r"SELECT E'\';', 'a\'"), (1, "SELECT 2")]),
        ("SELECT e'''\\';';SELECT 2", [(1, "SELECT e'''\\';'"), (1, "SELECT 2")]),
        ("DO $$ a; $b$ ; $$;SELECT 2", [(1, "DO $$ a; $b$ ; $$"), (1, "SELECT 2")]),
        ("DO $x$ $$; $y$ $x$;SELECT 2", [(1, "DO $x$ $$; $y$ $x$"), (1, "SELECT 2")]),
        ("SELECT a$1$;SELECT $1;", [(1, "SELECT a$1$"), (1, "SELECT $1")]),
        ("SELECT 1;\r\nSELECT 2;\r\n", [(1, "SELECT 1"), (2, "SELECT 2")]),
        ("SELECT 'a;\nSELECT 2;", [(1, "SELECT 'a;\nSELECT 2;")]),
        ("SELECT $$ a;\nSELECT 2;", [(1, "SELECT $$ a;\nSELECT 2;")]),
        ("SELECT 1;\n/* a /* b */ ;", [(1, "SELECT 1"), (2, "/* a /* b */ ;")]),
        ("\\connect x\nSELECT 1;", [(1, "\\connect x"), (2, "SELECT 1")]),
        ("SELECT 1 \\gexec\nSELECT 2;", [(1, "SELECT 1"), (1, "\\gexec"), (2, "SELECT 2")]),
        ("COPY t FROM stdin;\n1'\n;\n\\.\nSELECT 2;", [(1, "COPY t FROM stdin"), (5, "SELECT 2")]),
        ("copy t (a) from STDIN;\n'\n", [(1, "copy t (a) from STDIN")]),
        ("COPY t TO stdout; SELECT 2", [(1, "COPY t TO stdout"), (1, "SELECT 2")]),
    ],
)
def test_split(script: str, pieces: list[tuple[int, str]]) -> None:
    assert [(each.line, each.text) for each in split_script(script)] == pieces


def test_pieces_tell_psql_and_data() -> None:
    assert list(split_script("\\echo a\nCOPY t FROM stdin;\n1\n\\.\n")) == [
        Piece("\\echo a", 1, psql=True),
        Piece("COPY t FROM stdin", 2, data=True),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("REFERENCES a (b) ON DELETE CASCADE, x", "REFERENCES a b ON DELETE CASCADE"),
        ("REFERENCES a (b, c)) x", "REFERENCES a b c"),
        ("REFERENCES a -- ON DELETE CASCADE\n, x", "REFERENCES a"),
        ("REFERENCES a /* , */ b", "REFERENCES a b"),
        ("REFERENCES \"ON DELETE, a\" 'b,' x", "REFERENCES x"),
        ("", ""),
    ],
)
def test_a_clause_ends_at_its_comma_or_bracket(text: str, words: str) -> None:
    assert clause(text, 0).split() == words.split()


@pytest.mark.parametrize("broken", ["'", '"', "/*", "$a$ $b$ ", "\\ \n", ";", "(", "--\n"])
def test_much_of_anything_takes_one_pass(broken: str) -> None:
    """A pass for each of them would take minutes."""
    assert len(list(split_script(broken * 200_000))) <= 200_000
