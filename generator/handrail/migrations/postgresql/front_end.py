"""The front end for PostgreSQL: statements, one after the other, into a picture."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice

from handrail.migrations.front_end import Runner, Saved
from handrail.migrations.operations import Script, Step
from handrail.migrations.picture import Picture
from handrail.migrations.postgresql import alter, create, renames, rows, session, things
from handrail.migrations.postgresql.blocks import do_block
from handrail.migrations.postgresql.grammar import Refused, Tree, parse_statement
from handrail.migrations.postgresql.routines import call, run_calls
from handrail.migrations.postgresql.split import Piece, split_script
from handrail.migrations.postgresql.work import Work, names_in, names_of
from handrail.migrations.tables import Catalog

_HARMLESS = re.compile(
    r"\\(?:echo|qecho|warn|set|unset|pset|timing|encoding|restrict|unrestrict|x|q)\b", re.IGNORECASE
)
_SEMICOLONS_INSIDE = re.compile(r"CREATE\b.*\b(?:BEGIN\s+ATOMIC|RULE)\b", re.IGNORECASE | re.DOTALL)

MOST_PARTS = 40
"""Statements inside one that may hold semicolons (BEGIN ATOMIC, CREATE RULE)."""


class PostgresFrontEnd:
    """Reads the scripts of one history, one after the other, as PostgreSQL would."""

    def __init__(self, runner: Runner = Runner()) -> None:  # noqa: B008  # a frozen record
        self._runner = runner
        self._picture = Picture()
        self._seen: set[str] = set()

    @property
    def catalog(self) -> Catalog:
        """The schema after the scripts applied so far."""
        return self._picture.catalog

    def save(self) -> Saved:
        """Return the state, to go on from later."""
        return Saved(self._picture.catalog, self._picture.uid())

    def load(self, state: Saved) -> None:
        """Go on from a state that ``save`` returned."""
        self._picture = Picture(state.catalog, state.next_uid)
        self._seen = names_in(self._picture)

    def apply(self, script: Script) -> Step:
        """Apply the next script; what cannot be read is noted, and the rest is read."""
        self._picture.begin()
        work = Work(self._picture, self._seen)
        pieces = split_script(script.text.removeprefix("\ufeff"))
        for piece in _whole_pieces(pieces):
            work.begin(piece.text, piece.line + script.skipped)
            self._picture.read(piece.text, work.first, partial(read_piece, work, piece))
        for table in work.temporary:
            work.drop_table(table)
        rows.note_thinned(work)
        step = self._picture.step()
        for owner in {each for each, _ in step.lines if each in self._picture.tables}:
            self._seen.update((owner, *names_of(self._picture.tables[owner])))
        return step


def read_piece(work: Work, piece: Piece) -> None:
    """Read one statement, or command of psql."""
    if piece.psql:
        if _HARMLESS.match(piece.text):
            work.other()
        else:
            work.picture.opaque(piece.text, "a command of psql")
        return
    try:
        tree = parse_statement(piece.text)
    except Refused as refused:
        work.at({"location": refused.place})
        line = work.picture.line
        work.begin(piece.text, work.first)
        work.picture.opaque(piece.text, f"PostgreSQL's parser says, in line {line}: {refused}")
        return
    read_tree(work, tree or {})


def read_tree(work: Work, tree: Tree) -> None:
    """Fold one statement into the picture."""
    work.forget()
    try:
        for kind, node in tree.items():
            reader = READERS.get(kind)
            if reader is not None:
                reader(work, node)
            elif kind in NO_TABLE:
                work.other()
            else:
                work.picture.opaque(work.text, "nothing is known of this kind of statement")
    except RecursionError:
        work.picture.opaque(work.text, "it is nested too deeply")
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        work.picture.opaque(work.text, f"its tree has a shape that is not known ({error!r})")


def _whole_pieces(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put together the statements that may have semicolons of their own."""
    while piece := next(pieces, None):
        if not _SEMICOLONS_INSIDE.match(piece.text) or _parses(piece.text):
            yield piece
            continue
        rest = list(islice(pieces, MOST_PARTS))
        text, used = piece.text, 0
        for number, each in enumerate(rest, 1):
            text = f"{text};\n{each.text}"
            if _parses(text):
                used = number
                break
        yield piece._replace(text=text) if used else piece
        pieces = chain(rest[used:], pieces)


def _parses(text: str) -> bool:
    try:
        parse_statement(text)
    except Refused:
        return False
    return True


def _block(work: Work, node: Tree) -> None:
    do_block(work, node, read_tree)


def _select(work: Work, node: Tree) -> None:
    session.select(work, node, lambda work, node: run_calls(work, node, read_tree))


def _call(work: Work, node: Tree) -> None:
    call(work, node, read_tree)


def _schema(work: Work, node: Tree) -> None:
    work.other()
    path, work.path = work.path, node.get("schemaname", work.path)
    for each in node.get("schemaElts", ()):
        read_tree(work, each)
    work.path = path


READERS: dict[str, Callable[[Work, Tree], None]] = {
    "CreateStmt": create.create_table,
    "IndexStmt": create.create_index,
    "AlterTableStmt": alter.alter_table,
    "RenameStmt": renames.rename,
    "AlterObjectSchemaStmt": renames.set_schema,
    "InsertStmt": rows.insert,
    "UpdateStmt": rows.update,
    "DeleteStmt": rows.delete,
    "MergeStmt": rows.merge,
    "TruncateStmt": rows.truncate,
    "CopyStmt": rows.copy,
    "ViewStmt": things.create_view,
    "CreateTableAsStmt": things.create_table_or_view,
    "CreateFunctionStmt": things.create_function,
    "CreateTrigStmt": things.create_trigger,
    "RuleStmt": things.create_rule,
    "CreateForeignTableStmt": things.create_foreign_table,
    "CreateSeqStmt": things.create_sequence,
    "AlterSeqStmt": things.alter_sequence,
    "CreateExtensionStmt": things.create_extension,
    "CreateEnumStmt": things.create_enum,
    "AlterEnumStmt": things.alter_enum,
    "DropStmt": things.drop,
    "SelectStmt": _select,
    "CallStmt": _call,
    "ExplainStmt": session.explain,
    "VariableSetStmt": session.setting,
    "TransactionStmt": session.transaction,
    "ReindexStmt": session.upkeep,
    "ClusterStmt": session.upkeep,
    "RefreshMatViewStmt": session.upkeep,
    "LockStmt": session.upkeep,
    "VacuumStmt": session.vacuum,
    "CommentStmt": session.comment,
    "GrantStmt": session.grant,
    "GrantRoleStmt": session.grant,
    "AlterDefaultPrivilegesStmt": session.grant_defaults,
    "DropdbStmt": session.drop_database,
    "CreateSchemaStmt": _schema,
    "DoStmt": _block,
}

_NO_TABLE = """
    VariableShowStmt CreatePolicyStmt AlterPolicyStmt CreateDomainStmt AlterDomainStmt CompositeTypeStmt
    CreateRangeStmt DefineStmt AlterOwnerStmt CreateRoleStmt AlterRoleStmt AlterRoleSetStmt CreatedbStmt
    AlterDatabaseStmt AlterDatabaseSetStmt AlterDatabaseRefreshCollStmt AlterEnumStmt CreateCastStmt
    CreateOpClassStmt CreateOpFamilyStmt AlterOpFamilyStmt AlterOperatorStmt AlterTypeStmt
    CreateStatsStmt AlterStatsStmt CreatePLangStmt CreateConversionStmt CreateAmStmt
    CreatePublicationStmt AlterPublicationStmt CreateSubscriptionStmt AlterSubscriptionStmt
    CreateFdwStmt AlterFdwStmt CreateForeignServerStmt AlterForeignServerStmt CreateUserMappingStmt
    AlterUserMappingStmt DropUserMappingStmt AlterExtensionStmt AlterExtensionContentsStmt
    AlterObjectDependsStmt AlterFunctionStmt AlterTSDictionaryStmt AlterTSConfigurationStmt
    CreateTransformStmt CreateEventTrigStmt AlterEventTrigStmt CreateTableSpaceStmt
    AlterTableSpaceOptionsStmt DropTableSpaceStmt ListenStmt NotifyStmt UnlistenStmt CheckPointStmt
    DiscardStmt ConstraintsSetStmt DeallocateStmt PrepareStmt DeclareCursorStmt ClosePortalStmt FetchStmt
    ImportForeignSchemaStmt LoadStmt SecLabelStmt AlterCollationStmt AlterSystemStmt DropRoleStmt
    """
NO_TABLE = frozenset(_NO_TABLE.split())
"""Statements that change no table."""
