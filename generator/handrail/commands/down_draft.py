"""The draft of a down script, for a migration that is there."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from handrail.commands.outcome import FINE, FOUND, Outcome
from handrail.core.errors import HandrailError
from handrail.migrations.fold import Opened, Reading, fold_history, read_histories
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.histories import DEFAULT, Migration, read_migrations
from handrail.migrations.inverse import Change, Draft, draft_down
from handrail.migrations.layouts import Found
from handrail.migrations.new_name import new_files
from handrail.migrations.operations import Script
from handrail.migrations.quotes import Dialect
from handrail.migrations.snapshots import Snapshots
from handrail.migrations.tables import EMPTY, Catalog
from handrail.policy.model import Policy
from handrail.ports import Files, Scratch

_CAN_DROP_COLUMNS = (3, 35)
"""The first SQLite that knows ALTER TABLE ... DROP COLUMN: https://sqlite.org/releaselog/3_35_0.html"""


class DraftWorld(NamedTuple):
    """The ports. ``scratch`` opens an empty SQLite database."""

    files: Files
    scratch: Callable[[], Scratch]


def write_draft(world: DraftWorld, policy: Policy, there: Sequence[str], wanted: Found) -> Outcome:
    """Write the down script of a migration as far as it is certain, and say what is left to a person.

    It is tried on the picture of the schema first. Exit code 1 when something is left or
    nothing is certain. Nothing is overwritten but a file that is as handrail new wrote it.
    """
    place = _place(world.files, policy, wanted)
    history, index = _history(world, policy, there, wanted)
    reading, change = _read(world, policy, history, index)
    draft = draft_down(change, reading.operations)
    reason = _tried(world, policy, history, index, draft) if draft.statements else ""
    if not draft.statements or reason:
        why = reason or "none of its operations has a certain inverse"
        then = f"Write {place} yourself, or declare the change forward-only with a restore plan."
        lines = [f"No draft for {wanted.up}: {why}.", *_left(draft), then]
        return Outcome(code=FOUND, text="".join(f"{line}\n" for line in lines))
    world.files.write(place, _script(wanted.name, draft).encode())
    lines = [f"written  {place}", *_left(draft), "Read it, and try it on a copy: it restores no values."]
    return Outcome(code=FOUND if draft.without else FINE, text="".join(f"{line}\n" for line in lines))


def certain_inverse(world: DraftWorld, policy: Policy, history: Sequence[Migration], index: int) -> str:
    """Return the script that undoes a migration of the history, '' unless all of it is certain."""
    reading, change = _read(world, policy, history, index)
    draft = draft_down(change, reading.operations)
    if draft.without or not draft.statements or _tried(world, policy, history, index, draft):
        return ""
    return "\n".join(draft.statements)


def lacks_down(files: Files, found: Found) -> bool:
    """Tell whether a migration has no down script, or one that is as handrail new wrote it."""
    if not found.down:
        return True
    made = new_files("", found.name, found, found.layout, "")
    return files.read(found.down) in [each.text.encode() for each in made]


def _place(files: Files, policy: Policy, wanted: Found) -> str:
    """Return where the down script of a migration belongs, if none is written yet."""
    folder, _, name = wanted.up.rpartition("/")
    if wanted.down and lacks_down(files, wanted):
        return wanted.down
    if wanted.down:
        raise HandrailError(f"{wanted.down} is there already", "Nothing was written.")
    if wanted.layout == "folder":
        down = policy.database.paths.down if name == policy.database.paths.up else "down.sql"
    elif wanted.layout == "pair" and name.endswith("up.sql"):
        down = name.removesuffix("up.sql") + "down.sql"
    elif wanted.layout == "flyway" and name[:1] in "Vv":
        down = "U" + name[1:]
    else:
        hint = "Write the way back into the script itself, or into a new migration."
        raise HandrailError(f"{wanted.up} has no place for a down script beside it", hint)
    path = f"{folder}/{down}" if folder else down
    problem = files.problem_with(path) or ("it is there already" if files.exists(path) else "")
    if problem:
        raise HandrailError(f"{path}: {problem}", "Nothing was written.")
    return path


def _history(
    world: DraftWorld, policy: Policy, there: Sequence[str], wanted: Found
) -> tuple[Sequence[Migration], int]:
    """Return the history of a migration, and its place in it."""
    engine: Dialect | None = policy.database.databases[0].engine if policy.database.databases else None
    histories = read_migrations(there, world.files.read, None, engine, engine or DEFAULT)
    history = [each for each in histories.migrations if each.folder == wanted.folder]
    index = next((place for place, each in enumerate(history) if each.path == wanted.up), -1)
    if index < 0:
        raise HandrailError(f"{wanted.up} cannot be read", "Look at it with: handrail classify")
    return history, index


def _opened(world: DraftWorld, policy: Policy, first: Migration) -> Opened:
    runner = next((each.runner for each in policy.database.databases if each.engine == first.dialect), None)
    applied = Runner(transaction=bool(runner and runner.transaction))
    return Opened(front_end(first.dialect, applied, world.scratch), applied)


def _read(
    world: DraftWorld, policy: Policy, history: Sequence[Migration], index: int
) -> tuple[Reading, Change]:
    """Return what a migration does, and the schema before and after it."""
    snapshots = Snapshots()

    def schema(count: int) -> Catalog:
        opened = _opened(world, policy, history[0])
        return fold_history(history[:count], opened, snapshots) if count else EMPTY

    before, after, dialect = schema(index), schema(index + 1), history[index].dialect
    (reading,) = _readings(world, policy, history, history[index])
    return reading, Change(before, after, dialect, _drops_columns(policy, dialect))


def _readings(
    world: DraftWorld, policy: Policy, history: Sequence[Migration], wanted: Migration
) -> Iterator[Reading]:
    return read_histories(
        history, lambda first: _opened(world, policy, first), lambda each: each.path == wanted.path
    )


def _drops_columns(policy: Policy, dialect: Dialect) -> bool:
    """Tell whether the engine of production can drop a column: all can, but for old versions of SQLite."""
    version = next((each.version for each in policy.database.databases if each.engine == dialect), "")
    numbers = [int(part) for part in version.split(".")[:2] if part.isdecimal()]
    return dialect != "sqlite" or not numbers or tuple(numbers) >= _CAN_DROP_COLUMNS


def _tried(world: DraftWorld, policy: Policy, history: Sequence[Migration], index: int, draft: Draft) -> str:
    """Return why the draft is not good, '' when it is; one with gaps only has to run."""
    script = Script("down.sql", "\n".join(draft.statements) + "\n")
    tried = [*history[:index], history[index]._replace(down=script, irreversible="")]
    (reading,) = _readings(world, policy, tried, tried[-1])
    way, differences = reading.undo
    fine = ("undone", "not undone") if draft.without else ("undone",)
    return "" if way in fine else f"it was tried, and {'; '.join(differences) or way}"


def _script(name: str, draft: Draft) -> str:
    """Return the text of the file."""
    lines = [f"-- Undoes {name}. A draft of handrail new: it restores the schema, and no values.", ""]
    left = [_told(each.kind, each.table, each.column) for each in draft.without]
    lines += [f"-- Not undone here: {each}. Write it, or say why not." for each in left]
    lines += ["", *draft.statements] if draft.without else draft.statements
    return "\n".join(lines) + "\n"


def _left(draft: Draft) -> Iterator[str]:
    for each in draft.without:
        yield f"no certain inverse  line {each.line}: {_told(each.kind, each.table, each.column)}"


def _told(kind: str, table: str, column: str) -> str:
    """Return an operation in words, on one line whatever its names hold."""
    where = f"{table}.{column}" if column else table
    return " ".join(f"{kind} {where}".split())
