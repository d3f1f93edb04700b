"""What is asked of the catalog of MySQL and MariaDB. Lists of names come with a line for each."""

_HERE = "table_schema = DATABASE()"
TABLES = f"""
SELECT table_name, CONCAT_WS(' ', engine, table_collation, NULLIF(create_options, '')) FROM information_schema.tables
WHERE {_HERE} AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"""
COLUMNS = f"""
SELECT c.table_name, c.column_name, c.column_type, c.is_nullable, c.column_default, c.extra,
  COALESCE(c.generation_expression, ''), CONCAT_WS(' ', c.character_set_name, c.collation_name)
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.{_HERE} AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY c.table_name, c.ordinal_position"""
INDEXES = f"""
SELECT table_name, index_name, non_unique, index_type,
  GROUP_CONCAT(COALESCE(column_name, '') ORDER BY seq_in_index SEPARATOR '\\n'),
  GROUP_CONCAT(COALESCE(sub_part, '') ORDER BY seq_in_index SEPARATOR '\\n'), MAX(nullable = 'YES')
FROM information_schema.statistics WHERE {_HERE} GROUP BY table_name, index_name, non_unique, index_type
ORDER BY table_name, index_name"""
KEYS = """
SELECT k.table_name, GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position SEPARATOR '\\n'),
  k.referenced_table_name, GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position SEPARATOR '\\n'),
  r.delete_rule, r.update_rule
FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
  AND r.table_name = k.table_name
WHERE k.table_schema = DATABASE() AND k.referenced_table_schema = DATABASE()
GROUP BY k.table_name, k.constraint_name, k.referenced_table_name, r.delete_rule, r.update_rule
ORDER BY k.table_name, k.constraint_name"""
MARIADB_CHECKS = """
SELECT table_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()"""
MYSQL_CHECKS = """
SELECT t.table_name, c.check_clause FROM information_schema.check_constraints c
JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name)
WHERE c.constraint_schema = DATABASE()"""
TRIGGERS = """
SELECT event_object_table, trigger_name, CONCAT_WS(' ', action_timing, event_manipulation, action_statement)
FROM information_schema.triggers WHERE trigger_schema = DATABASE()"""
VIEWS = f"SELECT table_name, view_definition FROM information_schema.views WHERE {_HERE} ORDER BY table_name"
ROUTINES = """
SELECT routine_name, routine_type, dtd_identifier, routine_definition, is_deterministic, sql_data_access,
  (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.parameter_mode, p.parameter_name, p.dtd_identifier)
    ORDER BY p.ordinal_position SEPARATOR ', ') FROM information_schema.parameters p
    WHERE p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name AND p.ordinal_position > 0)
FROM information_schema.routines r WHERE routine_schema = DATABASE()"""
EVENTS = """
SELECT event_name, CONCAT_WS(' ', event_type, execute_at, interval_value, interval_field, event_definition)
FROM information_schema.events WHERE event_schema = DATABASE()"""
DATABASE = """
SELECT default_character_set_name, default_collation_name FROM information_schema.schemata
WHERE schema_name = DATABASE()"""
