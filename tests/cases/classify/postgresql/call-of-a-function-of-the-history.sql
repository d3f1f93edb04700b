-- case: history
CREATE TABLE t (id int, a int);
CREATE TABLE u (id int);
CREATE FUNCTION clean(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP TABLE %I', name);
  DELETE FROM t WHERE a = 1;
END $$;
CREATE PROCEDURE wipe() LANGUAGE sql AS 'TRUNCATE t';
-- case: migration
SELECT clean('u');
CALL wipe();
SELECT nobody();
-- case: expect
-- 1 rows.delete.some t
-- 1 table.drop u
-- 2 table.truncate t
-- 3 statement.opaque (- -> SELECT nobody()) nobody knows what nobody() writes
