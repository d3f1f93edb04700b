"""Column definitions of MySQL and MariaDB."""

import pytest

from handrail.migrations.mysql.columns import Definition, read_column
from handrail.migrations.mysql.reader import Reader, Unreadable


def read(text: str) -> Definition:
    return read_column(Reader.of(text))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("INT", "int"),
        ("integer(11)", "int"),
        ("INT(10) UNSIGNED ZEROFILL", "int unsigned zerofill"),
        ("int zerofill", "int unsigned zerofill"),
        ("tinyint(1)", "tinyint(1)"),
        ("tinyint(4)", "tinyint"),
        ("BOOL", "tinyint(1)"),
        ("boolean", "tinyint(1)"),
        ("decimal", "decimal(10,0)"),
        ("NUMERIC(8)", "decimal(8,0)"),
        ("dec( 8 , 2 )", "decimal(8,2)"),
        ("double precision", "double"),
        ("real", "double"),
        ("character varying(5)", "varchar(5)"),
        ("national char(5)", "char(5)"),
        ("char", "char(1)"),
        ("long varchar", "mediumtext"),
        ("long varbinary", "mediumblob"),
        ("datetime(0)", "datetime"),
        ("datetime(6)", "datetime(6)"),
        ("year(4)", "year"),
        ("bit", "bit(1)"),
        ("enum ( 'a' , \"b\",'it''s')", "enum('a','b','it''s')"),
        ("SET('x','y')", "set('x','y')"),
        ("json", "json"),
        ("geometrycollection", "geometrycollection"),
        ("multipolygon", "multipolygon"),
    ],
)
def test_types_are_normal(written: str, kept: str) -> None:
    assert read(f"c {written}").column.type == kept


@pytest.mark.parametrize(
    ("attributes", "default"),
    [
        ("int", ""),
        ("int DEFAULT NULL", ""),
        ("int DEFAULT 5", "5"),
        ("int DEFAULT '5'", "5"),
        ("int DEFAULT - 5", "-5"),
        ("varchar(3) DEFAULT '5'", "'5'"),
        ('varchar(3) DEFAULT "it\'s"', "'it''s'"),
        ("varchar(3) DEFAULT ''", "''"),
        ("bool DEFAULT TRUE", "1"),
        ("bool DEFAULT false", "0"),
        ("datetime DEFAULT now()", "CURRENT_TIMESTAMP"),
        ("datetime(3) DEFAULT current_timestamp(3)", "CURRENT_TIMESTAMP(3)"),
        (
            "timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE now()",
            "CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
        ),
        ("timestamp ON UPDATE now() DEFAULT 0", "0 ON UPDATE CURRENT_TIMESTAMP"),
        ("timestamp ON UPDATE now()", "ON UPDATE CURRENT_TIMESTAMP"),
        ("char(36) DEFAULT (uuid())", "(uuid())"),
        ("datetime DEFAULT (now())", "CURRENT_TIMESTAMP"),
        ("bit(2) DEFAULT b'01'", "b '01'"),
        ("int DEFAULT NEXT VALUE FOR s", "NEXT VALUE FOR s"),
    ],
)
def test_defaults_are_as_they_are_stored(attributes: str, default: str) -> None:
    assert read(f"c {attributes}").column.default == default


@pytest.mark.parametrize(
    ("attributes", "required"),
    [
        ("int", False),
        ("int NULL", False),
        ("int COMMENT 'not null'", False),
        ("int NOT NULL DEFAULT 0", True),
        ("int PRIMARY KEY", True),
        ("int KEY", True),
        ("serial", True),
    ],
)
def test_required(attributes: str, required: bool) -> None:
    assert read(f"c {attributes}").column.required is required


@pytest.mark.parametrize(
    ("attributes", "field", "value"),
    [
        ("int AUTO_INCREMENT", "identity", "autoincrement"),
        ("serial", "type", "bigint unsigned"),
        ("serial", "identity", "autoincrement"),
        ("text CHARACTER SET latin1", "collation", "latin1"),
        ("text CHARSET latin1 COLLATE latin1_bin", "collation", "latin1_bin"),
        ("text COLLATE latin1_bin CHARACTER SET latin1", "collation", "latin1_bin"),
        ("varchar(5) BINARY", "collation", "binary"),
        ("int AS (a + 1)", "generated", "virtual"),
        ("int GENERATED ALWAYS AS (a+1) STORED NOT NULL", "generated", "stored"),
        ("int AS (a+1) PERSISTENT", "generated", "stored"),
        ("int AS (a+1) PERSISTENT", "default", "(a + 1)"),
    ],
)
def test_other_properties(attributes: str, field: str, value: str) -> None:
    assert getattr(read(f"c {attributes}").column, field) == value


def test_what_a_definition_says_of_keys_and_places() -> None:
    made = read("`c` int UNIQUE KEY CHECK (c > 0) REFERENCES t (a) ON DELETE SET NULL AFTER b")
    assert (made.unique, made.references, made.after) == (True, "t", "b")
    assert made.checks == (("", "c > 0", True),)
    assert read("c int CONSTRAINT k CHECK (c > 0) NOT ENFORCED").checks == (("k", "c > 0", False),)
    assert read("c int FIRST").after is None
    assert read("c int INVISIBLE COLUMN_FORMAT FIXED STORAGE DISK SRID 4326").after == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c",
        "c foo",
        "c int foo",
        "c int NOT",
        "c int DEFAULT",
        "c int (",
        "c enum(1)",
        "c int AS",
        "5 int",
        "( int",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)
