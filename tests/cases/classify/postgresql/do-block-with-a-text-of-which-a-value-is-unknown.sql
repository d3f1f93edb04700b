-- case: history
CREATE TABLE t (id int);
CREATE TABLE u (id int);
-- case: migration
DO $$
DECLARE first int;
BEGIN
  SELECT id INTO first FROM u LIMIT 1;
  EXECUTE format('ALTER TABLE t ADD COLUMN u int NOT NULL DEFAULT %L', first);
  EXECUTE format('DROP TABLE %I', (SELECT id FROM u));
  EXECUTE 'GRANT SELECT ON t TO ' || current_setting('app.role');
END $$;
-- case: expect
-- 5 column.add.default t.u (- -> integer) The default is 'known_when_run'.
-- 6 statement.opaque (- -> EXECUTE format('DROP TABLE %I', (SELECT id FROM u))) a DO block is a program: it executes a text that is known only when it runs
-- 7 security.grant_role t
