import pytest

from handrail.core.location import Location
from handrail.migrations.prisma.schema import Schema, read_schema
from handrail.migrations.tables import Column, ForeignKey, Index, Label, Table


def read(body: str, provider: str = "sqlite", more: str = "") -> Schema:
    return read_schema({"s.prisma": f'datasource db {{\n provider = "{provider}"\n {more}\n}}\n{body}\n'})


def column(field: str, provider: str = "sqlite") -> Column:
    schema = read(f'model T {{\n key String @id\n {field}\n}}\nenum E {{\n A\n B @map("b\'s")\n}}', provider)
    assert schema.findings == ()
    return schema.catalog.tables["T"].columns[1]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("x String", Column("x", "TEXT", required=True)),
        ("x String?", Column("x", "TEXT")),
        ('x Int @map("y")', Column("y", "INTEGER", required=True)),
        ("x BigInt @default(-5)", Column("x", "BIGINT", required=True, default="-5")),
        ("x Boolean @default(false)", Column("x", "BOOLEAN", required=True, default="false")),
        ("x Float @default(1.5)", Column("x", "REAL", required=True, default="1.5")),
        ("x Decimal", Column("x", "DECIMAL", required=True)),
        ("x Json?", Column("x", "JSONB")),
        ("x Bytes?", Column("x", "BLOB")),
        ("x DateTime @default(now())", Column("x", "DATETIME", required=True, default="CURRENT_TIMESTAMP")),
        ("x DateTime @updatedAt", Column("x", "DATETIME", required=True)),
        ("x String @default(cuid())", Column("x", "TEXT", required=True)),
        ('x String @default("it\'s \\"so\\"")', Column("x", "TEXT", required=True, default="'it''s \"so\"'")),
        (
            "x String @default(dbgenerated(\"lower('A')\"))",
            Column("x", "TEXT", required=True, default="lower('A')"),
        ),
        ("x E @default(B)", Column("x", "TEXT", required=True, default="'b''s'")),
        ('x Unsupported("circle")?', Column("x", "CIRCLE")),
    ],
)
def test_a_column_is_what_a_migration_for_sqlite_makes(field: str, expected: Column) -> None:
    assert column(field) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("x String", Column("x", "text", required=True)),
        ("x Int @default(autoincrement())", Column("x", "integer", required=True, identity="serial")),
        ("x DateTime?", Column("x", "timestamp(3) without time zone")),
        ("x DateTime? @db.Timestamptz(6)", Column("x", "timestamp(6) with time zone")),
        ("x Decimal? @db.Decimal(10, 2)", Column("x", "numeric(10,2)")),
        ("x Float?", Column("x", "double precision")),
        ("x Float? @db.DoublePrecision", Column("x", "double precision")),
        ("x String? @db.VarChar(3)", Column("x", "character varying(3)")),
        ("x E?", Column("x", "E")),
        ("x E[] @default([A, B])", Column("x", "E[]", default="ARRAY['A', 'b''s']::E[]")),
        ("x String[] @default([])", Column("x", "text[]", default="ARRAY[]::text[]")),
        ('x Unsupported("geometry(Point, 4326)")', Column("x", "geometry(Point, 4326)", required=True)),
    ],
)
def test_a_column_is_what_a_migration_for_postgresql_makes(field: str, expected: Column) -> None:
    assert column(field, "postgresql") == expected


@pytest.mark.parametrize(
    ("field", "kind", "default"),
    [
        ('x String @default("true")', "varchar(191)", "'true'"),
        ("x Int @db.UnsignedInt", "int unsigned", ""),
        ("x E @default(A)", "enum('A','b''s')", "'A'"),
        ("x Boolean @default(true)", "tinyint(1)", "1"),
        ("x DateTime @default(now())", "datetime(3)", "CURRENT_TIMESTAMP(3)"),
        ("x DateTime @default(now()) @db.DateTime(0)", "datetime(0)", "CURRENT_TIMESTAMP(0)"),
        ("x Decimal?", "decimal(65,30)", ""),
    ],
)
def test_a_column_is_what_mysql_shows(field: str, kind: str, default: str) -> None:
    made = column(field, "mysql")
    assert (made.type, made.default) == (kind, default)


@pytest.mark.parametrize(
    ("default", "identity"), [("@default(autoincrement())", "autoincrement"), ("", "rowid")]
)
def test_sqlite_numbers_an_integer_key(default: str, identity: str) -> None:
    table = read(f"model T {{\n id Int @id {default}\n}}").catalog.tables["T"]
    assert table.columns == (Column("id", "INTEGER", required=True, identity=identity),)


@pytest.mark.parametrize(
    ("relation", "required", "action", "stated"),
    [
        ("", True, "RESTRICT", False),
        ("", False, "SET NULL", False),
        (", onDelete: Cascade", True, "CASCADE", True),
        (", onDelete: NoAction", True, "NO ACTION", True),
        (", onDelete: SetDefault", True, "SET DEFAULT", True),
        (", onDelete: Restrict", False, "RESTRICT", True),
        (", onUpdate: Cascade", False, "SET NULL", False),
    ],
)
def test_a_relation_has_its_effective_delete_action(
    relation: str, required: bool, action: str, stated: bool
) -> None:
    mark = "" if required else "?"
    body = (
        "model P {\n id Int @id\n all C[]\n}\nmodel C {\n id Int @id\n pId Int" + mark + "\n"
        f" p P{mark} @relation(fields: [pId], references: [id]{relation})\n}}"
    )
    (relation_,) = read(body).relations
    key = ForeignKey(("pId",), "P", ("id",), action, "CASCADE", stated, "C_pId_fkey")
    assert (relation_.model, relation_.field, relation_.table, relation_.key) == ("C", "p", "C", key)
    assert relation_.location == Location("s.prisma", 12, 2)
    assert read(body).catalog.tables["C"].foreign_keys == (key,)


PAIR = """model P {
 id Int @id
 all C[]
}
model C {
 id Int @id
 pId Int
 p P @relation(fields: [pId], references: [id])
}"""


def test_a_required_part_makes_a_relation_required() -> None:
    body = (
        "model P {\n a Int\n b Int\n all C[]\n @@id([a, b])\n}\n"
        "model C {\n id Int @id\n a Int\n b Int?\n p P? @relation(fields: [a, b], references: [a, b])\n}"
    )
    assert read(body).relations[0].key.on_delete == "RESTRICT"


def test_sql_server_knows_no_restrict() -> None:
    assert read(PAIR, "sqlserver").relations[0].key.on_delete == "NO ACTION"


@pytest.mark.parametrize(("provider", "more"), [("mysql", 'relationMode = "prisma"'), ("mongodb", "")])
def test_without_foreign_keys_a_relation_is_not_enforced(provider: str, more: str) -> None:
    schema = read(PAIR, provider, more)
    assert (schema.enforced, schema.catalog.tables["C"].foreign_keys) == (False, ())
    assert schema.relations[0].key.on_delete == "RESTRICT"


LISTS = "model B {\n id Int @id\n as A[]\n}\nmodel A {\n id String @id\n bs B[]\n}"


def test_two_lists_make_a_join_table() -> None:
    a = ForeignKey(("A",), "A", ("id",), "CASCADE", "CASCADE", name="_AToB_A_fkey")
    b = ForeignKey(("B",), "B", ("id",), "CASCADE", "CASCADE", name="_AToB_B_fkey")
    columns = (Column("A", "TEXT", required=True), Column("B", "INTEGER", required=True))
    unique = Index("_AToB_AB_unique", ("A", "B"), unique=True)
    schema = read(LISTS)
    assert schema.catalog.tables["_AToB"] == Table(
        "_AToB", columns, (), (a, b), (unique, Index("_AToB_B_index", ("B",)))
    )
    assert [each.implicit for each in schema.relations] == [True, True]
    assert "_AToB" not in schema.models


def test_on_postgresql_a_join_table_has_a_primary_key() -> None:
    table = read(LISTS, "postgresql").catalog.tables["_AToB"]
    second = Index("_AToB_B_index", ("B",), method="btree")
    assert (table.primary_key, table.indexes) == (("A", "B"), (second,))


@pytest.mark.parametrize(
    ("lines", "index"),
    [
        ("@@index([a, b])", Index("t_a_b_idx", ("a", "b"))),
        ("@@index([a(sort: Desc)], type: Gin)", Index("t_a_idx", ("a",), method="gin")),
        ('@@index([a], type: BTree, map: "mine")', Index("mine", ("a",), method="btree")),
        ('@@index([b], name: "old")', Index("old", ("b",))),
        ("@@unique([b, a])", Index("t_b_a_key", ("b", "a"), unique=True)),
        ('@@unique(fields: [b], name: "client")', Index("t_b_key", ("b",), unique=True)),
        ("c Int @unique", Index("t_c_key", ("c",), unique=True)),
        ('c Int @unique(map: "one") @map("cc")', Index("one", ("cc",), unique=True)),
    ],
)
def test_an_index_has_the_name_that_prisma_gives(lines: str, index: Index) -> None:
    table = read(f'model T {{\n id Int @id\n a Int\n b Int\n {lines}\n @@map("t")\n}}').catalog.tables["t"]
    assert table.indexes == (index,)


def test_long_names_are_cut_as_postgresql_needs() -> None:
    name = "x" * 70
    (index,) = (
        read(f"model T {{\n id Int @id\n {name} Int @unique\n}}", "postgresql").catalog.tables["T"].indexes
    )
    assert index.name == f"T_{'x' * 57}_key"


def test_schemas_other_than_public_are_part_of_a_name() -> None:
    table = 'model T {\n id Int @id\n e E\n @@schema("audit")\n @@map("t")\n}'
    body = table + '\nenum E {\n A\n @@schema("public")\n}'
    catalog = read(body, "postgresql").catalog
    assert (list(catalog.tables), dict(catalog.enums)) == (["audit.t"], {"E": (Label("A"),)})


def test_models_and_fields_know_their_place() -> None:
    schema = read('model User {\n id Int @id\n mail String @map("e_mail")\n @@map("users")\n}')
    model = schema.models["users"]
    assert (model.name, model.location) == ("User", Location("s.prisma", 5))
    assert model.fields["e_mail"] == ("mail", Location("s.prisma", 7, 2))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("model A {\n id Int @id\n b Int @default(\n}", "prisma.syntax", 3, 17),
        ("model A {\n id Int @id\n @@unique([id,\n id])\n}", "prisma.syntax", 3, 15),
        ("model A {\n id Int @id\n !!!\n}", "prisma.syntax", 3, 2),
        ("model A {\n id: Int @id\n}", "prisma.syntax", 2, 4),
        ("nonsense\nmodel A {\n id Int @id\n}", "prisma.syntax", 1, 9),
        ("modle B {\n id Int @id\n}\nmodel A {\n id Int @id\n}", "prisma.syntax", 1, 1),
        ("model B {\n id Int @id\nmodel A {\n id Int @id\n}", "prisma.unclosed", 1, 1),
        ("model A {\n id Int @id\n", "prisma.unclosed", 1, 1),
        ("model A {\n id Int @id\n}\nmodel A {\n id Int @id\n}", "prisma.duplicate", 4, 1),
        ("model A {\n id Int @id\n b Sting\n}", "prisma.unknown-type", 3, 2),
        ("model A {\n id Int @id\n @@index([nope])\n}", "prisma.unknown-field", 3, 2),
        (
            "model A {\n id Int @id\n a A? @relation(fields: [x], references: [id])\n}",
            "prisma.unknown-field",
            3,
            2,
        ),
        ('model A {\n id Int @id\n b String @default("x)\n}', "prisma.syntax", 3, 20),
        ("model A {\n id Int @id // " + "x" * 10_000 + "\n}", "prisma.syntax", 2, 1),
    ],
)
def test_what_cannot_be_read_is_a_finding_and_the_rest_is_read(
    text: str, code: str, line: int, column: int
) -> None:
    schema = read_schema({"s.prisma": text})
    first = schema.findings[0]
    assert (first.code, first.location) == (code, Location("s.prisma", line, column))
    assert "A" in schema.catalog.tables


def test_a_word_nearly_right_is_offered() -> None:
    (finding,) = read("model A {\n id Strng @id\n}").findings
    assert "String" in finding.hint


def test_a_file_of_another_kind_is_not_listed_line_by_line() -> None:
    assert len(read_schema({"s.prisma": "\0 % §\n" * 1000}).findings) == 100


def test_nothing_is_read_from_nothing() -> None:
    schema = read_schema({})
    assert (schema.catalog.tables, schema.findings, schema.provider) == ({}, (), "")


def test_files_of_one_schema_are_read_together() -> None:
    user = "model User {\n id Int @id\n posts Post[]\n}"
    post = (
        "model Post {\n id Int @id\n userId Int\n user User @relation(fields: [userId], references: [id])\n}"
    )
    schema = read_schema({"post.prisma": post, "user.prisma": user})
    assert schema.findings == ()
    assert schema.relations[0].location.path == "post.prisma"
    assert schema.models["User"].location.path == "user.prisma"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_line_is_one(end: str) -> None:
    schema = read_schema({"s.prisma": "\ufeff" + PAIR.replace("\n", end)})
    assert schema.findings == ()
    assert schema.relations[0].location.line == 8
