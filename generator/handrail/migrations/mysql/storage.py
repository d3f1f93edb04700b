"""What ALTER TABLE says of how MySQL keeps a table: options, partitions, rebuilds."""

from collections.abc import Callable

from handrail.migrations.mysql.picture import MysqlPicture
from handrail.migrations.mysql.reader import Reader, Unreadable
from handrail.migrations.mysql.tables import as_options, read_option
from handrail.migrations.tables import Table

_SILENT = ("ALGORITHM", "LOCK", "WAIT")
_WORK = ("REBUILD", "OPTIMIZE", "ANALYZE", "CHECK", "REPAIR", "REORGANIZE", "COALESCE")
_NO_STORAGE = ("ADD", "DROP", "MODIFY", "CHANGE", "ALTER", "RENAME")


def takes_all(reader: Reader) -> bool:
    """Tell whether what follows is one clause with commas of its own: about partitions, or ORDER BY."""
    ahead = reader.left[:2]
    return len(ahead) == 2 and (
        ahead[1].says("PARTITION") or (ahead[0].says("ORDER") and ahead[1].says("BY"))
    )


def alter_storage(picture: MysqlPicture, name: str, reader: Reader) -> bool:
    """Read one clause of ALTER TABLE and do what it says. False for a clause about columns or keys."""
    for words, read in _CLAUSES.items():
        if reader.takes(*words):
            read(picture, name, reader)
            return True
    for word in _WORK:
        if reader.takes(word, "PARTITION"):
            kind = "table.option.change" if word in ("REORGANIZE", "COALESCE") else "maintenance"
            picture.did(kind, name, "", f"{word} PARTITION")
            reader.rest()
            return True
    if any(reader.sees(each) for each in _NO_STORAGE):
        return False
    _options(picture, name, reader)
    return True


def _add_partition(picture: MysqlPicture, name: str, reader: Reader) -> None:
    picture.did("statement.other", name, "", "It adds partitions.")
    reader.rest()


def _drop_partition(picture: MysqlPicture, name: str, reader: Reader) -> None:
    reader.exists()
    picture.did("partition.drop", name, "", f"Partitions: {', '.join(reader.names())}.")


def _truncate_partition(picture: MysqlPicture, name: str, reader: Reader) -> None:
    picture.did("table.truncate", name, "", f"Partitions: {', '.join(reader.names())}.")


def _exchange(picture: MysqlPicture, name: str, reader: Reader) -> None:
    partition = reader.name()
    reader.expect("WITH", "TABLE")
    other = picture.called(reader.name())
    fact = f"The rows of partition {partition} and of table {other} change places."
    picture.did("partition.detach", name, "", fact)
    picture.did("partition.attach", name, "", fact)
    if not reader.takes("WITH", "VALIDATION"):
        reader.takes("WITHOUT", "VALIDATION")


def _partition_by(picture: MysqlPicture, name: str, reader: Reader) -> None:
    picture.replace(name, lambda old: old._replace(options=old.options | {"partitioned"}))
    reader.rest()


def _remove_partitioning(picture: MysqlPicture, name: str, _: Reader) -> None:
    picture.replace(name, lambda old: old._replace(options=old.options - {"partitioned"}))


def _rebuild(picture: MysqlPicture, name: str, reader: Reader) -> None:
    picture.did("maintenance", name, "", "The table is rebuilt.")
    reader.rest()


def _moves_rows(_: MysqlPicture, __: str, ___: Reader) -> None:
    raise Unreadable("it takes rows out of a table or brings others in")


def _convert(picture: MysqlPicture, name: str, reader: Reader) -> None:
    found = dict([read_option(reader)])
    while reader.next is not None:
        found |= dict([read_option(reader)])
    if "charset" not in found:
        raise Unreadable("a character set is expected")
    picture.replace(
        name,
        lambda old: _with_options(old, found)._replace(
            columns=tuple(each._replace(collation="") for each in old.columns)
        ),
    )


def _options(picture: MysqlPicture, name: str, reader: Reader) -> None:
    if reader.takes_one(*_SILENT):
        reader.takes("=")
        reader.any()
        return
    if reader.takes("NOWAIT") or reader.takes("ENABLE", "KEYS") or reader.takes("DISABLE", "KEYS"):
        return
    found: dict[str, str] = {}
    while reader.next is not None:
        found |= dict([read_option(reader)])
    if not found:
        raise Unreadable("a clause is expected")
    engine = found.get("engine")
    if engine and f"engine={engine}" in picture.table(name).options:
        picture.did("maintenance", name, "", "The engine stays the same: the table is rebuilt.")
    if "auto_increment" in found:
        picture.did("sequence.set", name, "", f"AUTO_INCREMENT is set to {found['auto_increment']}.")
    if "comment" in found:
        picture.did("comment", name)
    picture.replace(name, lambda old: _with_options(old, found))


def _with_options(table: Table, found: dict[str, str]) -> Table:
    """Return the table with options changed; those that are not named stay."""
    new = as_options(found)
    names = {each.split("=", 1)[0] for each in new}
    kept = frozenset(each for each in table.options if each.split("=", 1)[0] not in names)
    return table._replace(options=kept | new)


_CLAUSES: dict[tuple[str, ...], Callable[[MysqlPicture, str, Reader], None]] = {
    ("ADD", "PARTITION"): _add_partition,
    ("DROP", "PARTITION"): _drop_partition,
    ("TRUNCATE", "PARTITION"): _truncate_partition,
    ("EXCHANGE", "PARTITION"): _exchange,
    ("PARTITION", "BY"): _partition_by,
    ("REMOVE", "PARTITIONING"): _remove_partitioning,
    ("CONVERT", "TO"): _convert,
    ("CONVERT", "PARTITION"): _moves_rows,
    ("CONVERT", "TABLE"): _moves_rows,
    ("DISCARD",): _moves_rows,
    ("IMPORT",): _moves_rows,
    ("FORCE",): _rebuild,
    ("ORDER", "BY"): _rebuild,
}
