"""The file of all examples."""

from handrail.rules.examples import NO_RECORD, Example, parse_record, render_record
from tests.records.folders import migrations_of

PLAIN = Example(
    "table.drop", "sqlite", "CREATE TABLE a (id);\n", "DROP TABLE a;\n", after_bad=("a is gone.",)
)
FULL = Example(
    "rows.insert",
    "postgresql",
    "CREATE TABLE a (id INTEGER);\n\nINSERT INTO a VALUES (1);\n",
    "INSERT INTO a VALUES (2);\n",
    "INSERT INTO a VALUES (3);\n",
    "SELECT 'ä';\n",
    ("It runs.",),
    ("It runs.", "Then: it fails."),
    ("It runs.",),
)


def test_what_is_written_is_read() -> None:
    text = render_record({"sqlite": "3.40"}, [PLAIN, FULL])
    assert parse_record(text) == ({"sqlite": "3.40"}, {"table.drop": (PLAIN,), "rows.insert": (FULL,)})
    assert "ä" in text


def test_examples_of_one_code_stay_together() -> None:
    other = PLAIN._replace(dialect="postgresql")
    assert parse_record(render_record({}, [PLAIN, other])).examples == {"table.drop": (PLAIN, other)}


def test_no_file_is_no_record() -> None:
    assert parse_record("") == NO_RECORD


def test_a_line_of_sql_is_a_line_of_the_file() -> None:
    assert '    "CREATE TABLE a (id INTEGER);",\n' in render_record({}, [FULL])


def test_a_script_is_parted_into_migrations() -> None:
    assert migrations_of("A;\n") == ("A;\n",)
    assert migrations_of("A;\n-- next migration\n-- why\nB;\n") == ("A;\n", "-- why\nB;\n")
