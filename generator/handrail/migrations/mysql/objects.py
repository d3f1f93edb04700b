"""MySQL's CREATE, ALTER, DROP and RENAME, on a picture."""

from handrail.migrations.mysql.alter import Alteration
from handrail.migrations.mysql.exchanges import find_exchanged
from handrail.migrations.mysql.keys import column_name, with_index
from handrail.migrations.mysql.picture import MysqlPicture
from handrail.migrations.mysql.reader import Conflict, Reader, Unreadable, lines_below, plain
from handrail.migrations.mysql.rows import Item, read_query
from handrail.migrations.mysql.storage import takes_all
from handrail.migrations.mysql.tables import MOST_PARTS, Created, read_table
from handrail.migrations.tables import Column, Table, Thing

_OBJECTS = (
    *("TABLE", "VIEW", "INDEX", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "SEQUENCE", "PACKAGE"),
    *("DATABASE", "SCHEMA", "USER", "ROLE", "SERVER", "TABLESPACE", "INSTANCE", "LOGFILE", "UNDO"),
)
_THINGS = {"VIEW": "view", "TRIGGER": "trigger", "PROCEDURE": "function", "FUNCTION": "function"} | {
    "EVENT": "event", "SEQUENCE": "sequence", "PACKAGE": "package",
}  # fmt: skip
_KNOWN_WORDS = frozenset({"OR", "REPLACE", "TEMPORARY", "UNIQUE", "FULLTEXT", "SPATIAL"}) | frozenset(
    {"ONLINE", "OFFLINE", "IGNORE", "UNDO", "PUBLIC"}
)
_BEFORE_OBJECT = 24
"""Words that may stand between CREATE and what is created: OR REPLACE, DEFINER = …, SQL SECURITY …"""


def _object(reader: Reader) -> tuple[str, list[str]]:
    """Go over the words up to the kind of object; return it and them, in capitals."""
    words = [reader.any().text.upper()]
    for _ in range(_BEFORE_OBJECT):
        if kind := reader.takes_one(*_OBJECTS):
            _check_words(kind, words)
            return kind, words
        words.append(reader.any().text.upper())
    raise Unreadable(f"what {words[0]} is about is unknown")


def _check_words(kind: str, words: list[str]) -> None:
    """Make sure that the words before TABLE and INDEX, and those after DROP, are known."""
    strange = set(words[1:]) - _KNOWN_WORDS
    if strange and (kind in ("TABLE", "INDEX") or words[0] == "DROP"):
        raise Unreadable(f"{min(strange)[:40]} is unknown here")


def create(picture: MysqlPicture, reader: Reader) -> None:
    """Read a CREATE."""
    kind, words = _object(reader)
    if kind == "TABLE":
        _create_table(picture, reader, words)
    elif kind == "INDEX":
        _create_index(picture, reader, words)
    elif kind in _THINGS:
        _create_thing(picture, reader, kind)
    else:
        picture.did("statement.other", "", "", f"CREATE {kind}")


def _create_table(picture: MysqlPicture, reader: Reader, words: list[str]) -> None:
    if_not_exists = reader.exists()
    name = picture.called(reader.name())
    if name in picture.tables and if_not_exists:
        return
    if name in picture.tables and ("REPLACE" not in words or "TEMPORARY" in words):
        raise Conflict(f"there is a table {name} already")
    made = _read_table(picture, name, reader)
    picture.drop(name)
    if "TEMPORARY" in words:
        picture.create_temporary(made.table)
    else:
        picture.create(made.table)
    lines = lines_below(reader.text, (place for place, _ in made.places))
    for (_, part), below in zip(made.places, lines, strict=True):
        picture.touch(name, part, picture.line + below)
    for each in made.columns:
        picture.note_inline(name, each)


def _read_table(picture: MysqlPicture, name: str, reader: Reader) -> Created:
    """Return the table that follows its name, with what LIKE or a query brings."""
    made = read_table(name, reader, picture.called)
    if made.like:
        made = made._replace(table=_like(picture, name, picture.called(made.like)))
    if made.query is not None:
        query = read_query(picture, made.query.rest())
        made = made._replace(table=_filled(picture, made, query.items, query.whole))
    return made


def _like(picture: MysqlPicture, name: str, like: str) -> Table:
    """Return an empty table with the columns and indexes of another: foreign keys are not copied."""
    model = picture.tables.get(like)
    if model is None:
        raise Unreadable(f"the table {like}, which it is made after, is unknown")
    columns = tuple(each._replace(uid=0, sources=frozenset(), filled=False) for each in model.columns)
    return model._replace(name=name, columns=columns, foreign_keys=(), uid=0, sources=frozenset())


def _filled(picture: MysqlPicture, made: Created, items: tuple[Item, ...], whole: str) -> Table:
    """Return the table with the columns of the query that fills it."""
    table = made.table
    for item in items:
        column = next((each for each in table.columns if each.name.lower() == item.name.lower()), None)
        if column is None:
            column = _like_source(picture, item)._replace(name=item.name, uid=0)
            table = table._replace(columns=(*table.columns, column))
        full = column._replace(sources=item.sources, filled=True)
        table = table._replace(columns=tuple(full if each is column else each for each in table.columns))
    source = picture.tables.get(whole)
    return table._replace(sources=frozenset({source.uid, *source.sources}) if source else frozenset())


def _like_source(picture: MysqlPicture, item: Item) -> Column:
    """Return the column that a plain name in a query is; a new one for an expression."""
    if item.plain:
        for table in picture.tables.values():
            column = table.column(column_name(table, item.plain))
            if column is not None and column.uid in item.sources:
                default = "0" if column.identity else column.default  # so says the server
                return column._replace(identity="", default=default)
    return Column(item.name)


def _create_index(picture: MysqlPicture, reader: Reader, words: list[str]) -> None:
    reader.exists()
    name = reader.name()
    if reader.takes("USING"):
        reader.any()
    reader.expect("ON")
    table = picture.known(reader.name())
    method = next((each.lower() for each in ("FULLTEXT", "SPATIAL") if each in words), "")
    made = with_index(picture.table(table), name, reader, unique="UNIQUE" in words, method=method)
    picture.replace(table, lambda _: made)


def _create_thing(picture: MysqlPicture, reader: Reader, kind: str) -> None:
    reader.takes("BODY")
    if kind == "EVENT":
        raise Unreadable("it runs statements by the clock, after the migration")
    if_not_exists = reader.exists()
    name = reader.name()
    rest = reader.rest()
    if if_not_exists and (_THINGS[kind], name) in picture.things:
        return
    table = ""
    if kind == "TRIGGER":
        on = next((place for place, each in enumerate(rest) if each.says("ON")), len(rest))
        table = picture.called(Reader(rest[on + 1 :]).name())
    text = " ".join(each.text for each in rest) if kind == "PROCEDURE" else plain(rest)
    picture.put(Thing(_THINGS[kind], name, text, table))


def alter(picture: MysqlPicture, reader: Reader) -> None:
    """Read an ALTER. A clause that is not understood is opaque, the others are read."""
    kind, words = _object(reader)
    if kind in ("VIEW", "EVENT"):
        _create_thing(picture, reader, kind)
    elif kind == "TABLE":
        _alter_table(picture, reader, words)
    elif kind in _OBJECTS:
        picture.did("statement.other", "", "", f"ALTER {kind}")


def _alter_table(picture: MysqlPicture, reader: Reader, words: list[str]) -> None:
    may_lack = reader.exists()
    name = reader.name()
    if may_lack and picture.called(name) not in picture.tables:
        return
    alteration = Alteration(picture, picture.known(name))
    clauses = [reader] if takes_all(reader) else [each for each in reader.parts() if each.left]
    if len(clauses) > MOST_PARTS:
        raise Unreadable("it has more clauses than MySQL takes")
    if "IGNORE" in words:
        fact = "IGNORE deletes the rows that break a new unique key."
        picture.did("rows.delete.some", alteration.name, "", fact)
    alteration.put_aside(find_exchanged([each.left for each in clauses]))
    first = picture.line
    lines = lines_below(reader.text, [each.left[0].start for each in clauses])
    for clause, below in zip(clauses, lines, strict=True):
        picture.line = first + below
        pieces = clause.left
        try:
            alteration.clause(clause)
        except Unreadable as reason:
            picture.refuse(f"ALTER TABLE {alteration.name} {plain(pieces)}", reason)


def drop(picture: MysqlPicture, reader: Reader) -> None:
    """Read a DROP."""
    kind, words = _object(reader)
    may_lack = reader.exists()
    if kind == "TABLE":
        names = reader.names()
        reader.takes_one("RESTRICT", "CASCADE")
        reader.ends()
        if "TEMPORARY" in words:  # a table that stays is never meant
            names = [each for each in names if picture.is_temporary(picture.called(each))]
        for name in names:
            _drop_table(picture, name, may_lack=may_lack)
    elif kind == "INDEX":
        name = reader.name()
        reader.expect("ON")
        Alteration(picture, picture.known(reader.name())).drop_named("INDEX", name, may_lack=may_lack)
    elif kind in ("DATABASE", "SCHEMA"):
        picture.did("database.drop", "", "", f"The database {reader.name()} goes with all its tables.")
    elif kind in _THINGS:
        names = reader.names()
        reader.takes_one("RESTRICT", "CASCADE")
        reader.ends()
        for name in names:
            _drop_thing(picture, _THINGS[kind], name, may_lack=may_lack)
    else:
        picture.did("statement.other", "", "", f"DROP {kind}")


def _drop_table(picture: MysqlPicture, name: str, *, may_lack: bool) -> None:
    real = picture.called(name)
    if real not in picture.tables and not may_lack:
        picture.did("table.drop", name, "", "The history so far does not create it.")
    picture.drop(real)


def _drop_thing(picture: MysqlPicture, kind: str, name: str, *, may_lack: bool) -> None:
    real = next((there for of, there in picture.things if of == kind and there.lower() == name.lower()), name)
    if (kind, real) not in picture.things and not may_lack:
        known = kind in ("view", "function", "trigger", "sequence")
        fact = f"The history so far does not create the {kind} {name}."
        picture.did(f"{kind}.drop" if known else "statement.other", name, "", fact)
    picture.remove(kind, real)


def rename(picture: MysqlPicture, reader: Reader) -> None:
    """Read a RENAME TABLE: one after the other, so that tables may change places."""
    reader.expect("RENAME")
    if reader.takes("USER"):
        picture.did("statement.other", "", "", "RENAME USER")
        return
    if not reader.takes_one("TABLE", "TABLES"):
        raise Unreadable("what it renames is unknown")
    reader.exists()
    pairs = reader.parts()
    if not pairs:
        raise Unreadable("it renames nothing")
    for pair in pairs:
        old = picture.known(pair.name())
        pair.expect("TO")
        picture.move(old, pair.name())
