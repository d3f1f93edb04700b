"""Statements that change no table: queries, settings, grants, comments, transactions, upkeep."""

from collections.abc import Callable
from typing import Any

from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.rows import common_tables, create_from
from handrail.migrations.postgresql.sources import parts
from handrail.migrations.postgresql.work import Work

_HARMLESS = """
    abs age any_value array_agg array_append array_length array_position array_remove array_to_json
    array_to_string avg bit_and bit_or bool_and bool_or btrim cardinality ceil ceiling char_length
    character_length chr clock_timestamp coalesce concat concat_ws convert_from convert_to count
    current_database current_schema current_schemas current_setting date_part date_trunc decode encode
    every exp extract first_value floor format format_type gen_random_uuid generate_series greatest
    has_table_privilege initcap isfinite json_agg json_array_elements json_array_elements_text
    json_build_array json_build_object json_each json_each_text json_extract_path json_extract_path_text
    json_object json_object_agg json_object_keys json_typeof jsonb_agg jsonb_array_elements
    jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each
    jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_object_agg jsonb_object_keys
    jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_typeof lag last_value lead least left length ln
    localtimestamp log lower lpad ltrim make_date make_interval max md5 min mod now nullif num_nonnulls
    num_nulls obj_description octet_length overlay pg_advisory_lock pg_advisory_unlock
    pg_advisory_xact_lock pg_get_constraintdef pg_get_expr pg_get_functiondef pg_get_indexdef
    pg_get_serial_sequence pg_get_viewdef pg_indexes_size pg_is_in_recovery pg_relation_size
    pg_sleep pg_table_size pg_total_relation_size pg_try_advisory_lock pg_typeof position power
    quote_ident quote_literal quote_nullable random rank regexp_match regexp_matches regexp_replace
    regexp_split_to_array regexp_split_to_table repeat replace reverse right round row_number
    row_to_json rpad rtrim set_config sha256 sign split_part sqrt starts_with statement_timestamp
    string_agg string_to_array string_to_table strpos substr substring sum timeofday timezone to_char
    to_date to_json to_jsonb to_number to_regclass to_regtype to_timestamp to_tsquery to_tsvector
    transaction_timestamp translate trim trunc unaccent unnest upper uuid_generate_v4 version width_bucket
    date_add col_description dense_rank ntile percent_rank similarity
    """
HARMLESS = frozenset(_HARMLESS.split())
"""Functions that write nothing. Any other may write, so a SELECT of it is not read."""

SEQUENCES = frozenset(("setval", "nextval"))
"""Functions that count."""


def select(work: Work, node: Tree, call: Callable[[Work, Tree], set[str]]) -> None:
    """Read SELECT; ``call`` runs the functions of the history that it calls, and returns their names."""
    common_tables(work, node)
    into = next((part["intoClause"] for part in parts(node) if "intoClause" in part), None)
    if into is not None:
        create_from(work, into, node)
        return
    called = functions(node)
    unknown = called - HARMLESS - SEQUENCES
    own = call(work, node) if unknown else set()
    unknown -= own
    if unknown:
        work.picture.opaque(work.text, f"nobody knows what {min(unknown)}() writes")
    elif called & SEQUENCES:
        work.picture.did("sequence.set")
    elif not own:
        work.other()


def functions(node: Any) -> set[str]:
    """Return the names of the functions that are called anywhere in a tree."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "funcname" in each:
                words = [word for word in strings(each["funcname"]) if word != "pg_catalog"]
                found.add(".".join(words))
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def explain(work: Work, node: Tree) -> None:
    """Read EXPLAIN: with ANALYZE it runs the statement."""
    options = {each.get("DefElem", {}).get("defname") for each in node.get("options", ())}
    if "analyze" in options:
        work.picture.opaque(work.text, "EXPLAIN ANALYZE runs the statement")
    else:
        work.other()


def setting(work: Work, node: Tree) -> None:
    """Read SET: the search path says what names mean."""
    if node.get("name") == "search_path":
        values = [each.get("A_Const", {}).get("sval", {}).get("sval", "") for each in node.get("args", ())]
        named = [each.strip() for value in values for each in value.split(",")]
        named = [each.strip('"') for each in named if each.strip('"') not in ("$user", "")]
        work.path = named[0] if named else "public"
    work.other()


def transaction(work: Work, node: Tree) -> None:
    """Read BEGIN, COMMIT and their like."""
    work.picture.did("transaction.own", "", "", node.get("kind", "").removeprefix("TRANS_STMT_"))


def upkeep(work: Work, node: Tree) -> None:
    """Read REINDEX, CLUSTER, REFRESH and LOCK."""
    relation: Tree = node.get("relation") or next(
        (each.get("RangeVar", {}) for each in node.get("relations", ())), {}
    )
    work.picture.did("maintenance", work.relation(relation) if relation else "")


def vacuum(work: Work, node: Tree) -> None:
    """Read VACUUM and ANALYZE: only VACUUM FULL locks and rewrites."""
    options = {each.get("DefElem", {}).get("defname") for each in node.get("options", ())}
    if "full" not in options:
        work.other()
        return
    for each in node.get("rels") or [Tree()]:
        relation = each.get("VacuumRelation", {}).get("relation")
        work.picture.did("maintenance", work.relation(relation) if relation else "")


def comment(work: Work, _: Tree) -> None:
    """Read COMMENT."""
    work.picture.did("comment")


def grant(work: Work, node: Tree) -> None:
    """Read GRANT and REVOKE."""
    if not node.get("is_grant"):
        work.other()
        return
    public = any(
        each.get("RoleSpec", {}).get("roletype") == "ROLESPEC_PUBLIC" for each in node.get("grantees", ())
    )
    kind = "security.grant_public" if public else "security.grant_role"
    tables = [each.get("RangeVar") for each in node.get("objects", ())]
    for relation in tables or [None]:
        work.picture.did(kind, work.relation(relation) if relation else "")


def grant_defaults(work: Work, node: Tree) -> None:
    """Read ALTER DEFAULT PRIVILEGES."""
    grant(work, node.get("action", {}))


def drop_database(work: Work, node: Tree) -> None:
    """Read DROP DATABASE."""
    work.picture.did("database.drop", "", "", node.get("dbname", ""))
