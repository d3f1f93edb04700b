"""What is asked of PostgreSQL's catalog about what is wrong, and what numbers rows."""

from handrail.adapters.postgresql.catalog_queries import own

_TABLE = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
_OWN = own("pg_class", "c.oid")
NOT_VALID = f"""
SELECT n.nspname, c.relname, k.conname, k.contype = 'f', pg_get_constraintdef(k.oid), p.nspname, f.relname,
  {{own}}, {{other}}
FROM pg_constraint k JOIN {_TABLE} ON c.oid = k.conrelid
LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace p ON p.oid = f.relnamespace
WHERE NOT k.convalidated AND {_OWN} ORDER BY 1, 2, 3""".format(
    own="(SELECT json_agg(a.attname ORDER BY u.place)::text FROM unnest(k.conkey) WITH ORDINALITY u(number, place) "
    "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number)",
    other="(SELECT json_agg(a.attname ORDER BY u.place)::text FROM unnest(k.confkey) WITH ORDINALITY u(number, place) "
    "JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number)",
)
INVALID = f"""
SELECT n.nspname, c.relname, i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
JOIN {_TABLE} ON c.oid = x.indrelid WHERE NOT (x.indisvalid AND x.indisready) AND {_OWN} ORDER BY 1, 2, 3"""
VIEWS = f"SELECT n.nspname, c.relname, c.relkind = 'm' AND NOT c.relispopulated FROM {_TABLE} WHERE c.relkind IN ('v', 'm') AND {_OWN} ORDER BY 1, 2"
FUNCTIONS = f"""
SELECT n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', pg_get_functiondef(p.oid)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE p.prokind IN ('f', 'p') AND l.lanname IN ('sql', 'plpgsql') AND {own("pg_proc", "p.oid")} ORDER BY 1, 2"""
DISABLED = f"""
SELECT n.nspname, c.relname, t.tgname, t.tgisinternal FROM pg_trigger t JOIN {_TABLE} ON c.oid = t.tgrelid
WHERE t.tgenabled = 'D' AND {_OWN} ORDER BY 1, 2, 3"""
COLLATIONS = """
SELECT n.nspname, o.collname, o.collversion, pg_collation_actual_version(o.oid) FROM pg_collation o
JOIN pg_namespace n ON n.oid = o.collnamespace
WHERE o.collversion IS NOT NULL AND o.collversion <> pg_collation_actual_version(o.oid)
AND EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_collation'::regclass AND d.refobjid = o.oid)"""
DATABASE = """
SELECT datcollversion, pg_database_collation_actual_version(oid) FROM pg_database
WHERE datname = current_database() AND datcollversion <> pg_database_collation_actual_version(oid)"""
COUNTERS = f"""
SELECT DISTINCT n.nspname, c.relname, s.seqincrement, t.relkind = 'p', tn.nspname, t.relname, a.attname
FROM pg_sequence s JOIN {_TABLE} ON c.oid = s.seqrelid
JOIN (
  SELECT objid AS sequence, refobjid AS owner, refobjsubid AS number FROM pg_depend
  WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
    AND deptype IN ('a', 'i')
  UNION
  SELECT e.refobjid, d.adrelid, d.adnum FROM pg_depend e JOIN pg_attrdef d ON d.oid = e.objid
  WHERE e.classid = 'pg_attrdef'::regclass AND e.refclassid = 'pg_class'::regclass AND e.deptype = 'n'
) u ON u.sequence = c.oid
JOIN pg_class t ON t.oid = u.owner JOIN pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.number JOIN pg_type y ON y.oid = a.atttypid
WHERE NOT t.relispartition AND y.typcategory = 'N' AND {_OWN} ORDER BY 1, 2, 5, 6, 7"""
