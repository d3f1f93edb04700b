"""Parts of a MySQL table: columns, keys, indexes and checks, as CREATE and ALTER TABLE define them."""

from collections.abc import Callable, Iterable

from handrail.migrations.mysql.columns import Definition, read_check, read_column
from handrail.migrations.mysql.reader import Conflict, Reader, Unreadable, plain
from handrail.migrations.tables import Check, Column, ForeignKey, Index, Table

_KEY_OPTIONS = ("KEY_BLOCK_SIZE", "COMMENT", "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE", "CLUSTERING")

Resolve = Callable[[str], str]
"""A name of a table -> the one that it has in the picture."""


def find_name(name: str, names: Iterable[str]) -> str:
    """Return the one of ``names`` that is the same but for its case, or ``name`` itself."""
    low = name.lower()
    return next((each for each in names if each.lower() == low), name)


def column_name(table: Table, name: str) -> str:
    """Return the name that a column of a table has, whatever the case it is written in."""
    return find_name(name, (each.name for each in table.columns))


def add_part(table: Table, reader: Reader, resolve: Resolve) -> tuple[Table, Definition | None]:
    """Return the table with the part that the reader stands before, and its definition if it is a column."""
    named = _constraint_name(reader)
    if reader.takes("PRIMARY", "KEY"):
        return _with_primary_key(table, _key_columns(table, reader)), None
    if reader.takes("UNIQUE"):
        reader.takes_one("KEY", "INDEX")
        return _with_index(table, reader, named or "", unique=True), None
    if reader.takes("FOREIGN", "KEY"):
        return _with_foreign_key(table, reader, named or "", resolve), None
    if reader.sees("CHECK"):
        return with_check(table, read_check(reader, named or "")), None
    if named is not None:
        raise Unreadable("the constraint is of an unknown kind")
    if method := reader.takes_one("FULLTEXT", "SPATIAL"):
        reader.takes_one("KEY", "INDEX")
        return _with_index(table, reader, "", method=method.lower()), None
    if reader.takes_one("KEY", "INDEX"):
        return _with_index(table, reader, ""), None
    definition = read_column(reader)
    return with_column(table, definition), definition


def _constraint_name(reader: Reader) -> str | None:
    if not reader.takes("CONSTRAINT"):
        return None
    reader.exists()
    unnamed = any(reader.sees(word) for word in ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK"))
    return "" if unnamed else reader.name()


def with_column(table: Table, definition: Definition) -> Table:
    """Return the table with a new column at its place, and with the keys that its definition makes."""
    column, columns = definition.column, table.columns
    if any(each.name.lower() == column.name.lower() for each in columns):
        raise Conflict(f"there is a column {column.name} already")
    place = len(columns)
    if definition.after is None:
        place = 0
    elif definition.after:
        names = [each.name.lower() for each in columns]
        after = definition.after.lower()
        place = names.index(after) + 1 if after in names else place
    made = table._replace(columns=(*columns[:place], column, *columns[place:]))
    return with_inline_keys(made, definition)


def with_inline_keys(table: Table, definition: Definition) -> Table:
    """Return the table with the keys and checks that a column's definition makes."""
    name = definition.column.name
    if definition.primary:
        table = _with_primary_key(table, (name,))
    if definition.unique:
        index = Index(_free_name(table, name), (name,), unique=True, constraint=True)
        table = table._replace(indexes=(*table.indexes, index))
    for check in definition.checks:
        table = with_check(table, check)
    return table


def with_check(table: Table, check: tuple[str, str, bool]) -> Table:
    """Return the table with a check; MySQL numbers those without a name."""
    name, text, enforced = check
    made = Check(
        name or _numbered(f"{table.name}_chk_", [each.name for each in table.checks]), text, valid=enforced
    )
    return table._replace(checks=(*table.checks, made))


def _with_primary_key(table: Table, names: tuple[str, ...]) -> Table:
    columns = tuple(each._replace(required=True) if each.name in names else each for each in table.columns)
    return table._replace(primary_key=names, columns=columns)


def with_index(table: Table, name: str, reader: Reader, *, unique: bool, method: str = "") -> Table:
    """Return the table with the index of which the reader stands before the columns."""
    columns = _key_columns(table, reader)
    name = name or _free_name(table, columns[0])
    index = Index(name, columns, unique, method=method, constraint=unique)
    # One that has the name already was dropped by something that nobody could read.
    kept = (each for each in table.indexes if each.name.lower() != name.lower())
    return table._replace(indexes=(*kept, index))


def _with_index(table: Table, reader: Reader, name: str, *, unique: bool = False, method: str = "") -> Table:
    reader.exists()
    if not (reader.sees("(") or reader.sees("USING")):
        name = reader.name()
    return with_index(table, name, reader, unique=unique, method=method)


def _key_columns(table: Table, reader: Reader) -> tuple[str, ...]:
    """Return the columns of a key, and go over its options."""
    if not (reader.sees("(") or reader.sees("USING")):
        reader.name()  # a primary key may have a name that nobody keeps
    if reader.takes("USING"):
        reader.any()
    columns = tuple(_key_part(table, part) for part in reader.group().parts())
    if not columns:
        raise Unreadable("a key without columns")
    _skip_key_options(reader)
    return columns


def _key_part(table: Table, part: Reader) -> str:
    if part.sees("("):
        return f"({plain(part.group().rest())})"
    name = column_name(table, part.name())
    if part.sees("("):
        part.group()  # the length of a prefix
    part.takes_one("ASC", "DESC")
    part.ends()
    return name


def _skip_key_options(reader: Reader) -> None:
    while True:
        if reader.takes("USING") or reader.takes("WITH", "PARSER"):
            reader.any()
        elif reader.takes_one(*_KEY_OPTIONS):
            reader.takes("=")
            reader.any()
        elif not reader.takes_one("VISIBLE", "INVISIBLE", "IGNORED"):
            return


def _with_foreign_key(table: Table, reader: Reader, name: str, resolve: Resolve) -> Table:
    reader.exists()
    if not reader.sees("("):
        own = reader.name()
        name = name or own
    columns = tuple(column_name(table, each) for each in reader.group().names())
    reader.expect("REFERENCES")
    target = resolve(reader.name())
    references = tuple(reader.group().names()) if reader.sees("(") else ()
    if reader.takes("MATCH"):
        reader.any()
    actions: dict[str, str] = {}
    while reader.takes("ON"):
        event = reader.takes_one("DELETE", "UPDATE")
        actions[event] = _action(reader)
    name = name or _numbered(f"{table.name}_ibfk_", [each.name for each in table.foreign_keys])
    key = ForeignKey(
        columns, target, references, actions.get("DELETE", "NO ACTION"), actions.get("UPDATE", "NO ACTION"),
        stated="DELETE" in actions, name=name,
    )  # fmt: skip
    kept = (each for each in table.foreign_keys if each.name.lower() != name.lower())
    return table._replace(foreign_keys=(*kept, key))


def _action(reader: Reader) -> str:
    for words in (("CASCADE",), ("RESTRICT",), ("SET", "NULL"), ("SET", "DEFAULT"), ("NO", "ACTION")):
        if reader.takes(*words):
            return " ".join(words)
    raise Unreadable("an action of a foreign key is unknown")


def _free_name(table: Table, column: str) -> str:
    """Return the name that MySQL gives an index: that of its first column, numbered when it is taken."""
    taken = {each.name.lower() for each in table.indexes}
    name, number = column, 2
    while name.lower() in taken:
        name, number = f"{column}_{number}", number + 1
    return name


def _numbered(prefix: str, names: Iterable[str]) -> str:
    """Return ``prefix`` and a number above those that are in use."""
    low = prefix.lower()
    ends = (each[len(prefix) :] for each in names if each.lower().startswith(low))
    return f"{prefix}{max((int(each) for each in ends if each.isdecimal()), default=0) + 1}"


def without_column(table: Table, name: str) -> Table:
    """Return the table without a column. It leaves its indexes too, and those that are empty then go."""

    def less(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in columns if each != name)

    indexes = (each._replace(columns=less(each.columns)) for each in table.indexes)
    return table._replace(
        columns=tuple(each for each in table.columns if each.name != name),
        primary_key=less(table.primary_key),
        indexes=tuple(each for each in indexes if each.columns),
        foreign_keys=tuple(each for each in table.foreign_keys if name not in each.columns),
    )


def with_changed_column(table: Table, old: Column, definition: Definition) -> Table:
    """Return the table with a column as MODIFY or CHANGE states it anew: what it does not say is gone."""
    column = definition.column
    made = column._replace(
        uid=old.uid,
        sources=old.sources,
        filled=old.filled,
        required=column.required or old.name in table.primary_key,
    )
    columns = [made if each.name == old.name else each for each in table.columns]
    if definition.after != "":
        columns.remove(made)
        names = [each.name.lower() for each in columns]
        after = (definition.after or "").lower()
        place = names.index(after) + 1 if after in names else 0 if definition.after is None else len(columns)
        columns.insert(place, made)
    return with_inline_keys(table._replace(columns=tuple(columns)), definition)
