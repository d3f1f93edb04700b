-- case: history
CREATE TABLE t (id int, a int);
-- case: migration
DO $$ BEGIN
  IF current_setting('app.env', true) = 'dev' THEN
    DELETE FROM t;
  ELSIF now() > '2020-01-01' THEN
    UPDATE t SET a = 1 WHERE id = 2;
  END IF;
END $$;
-- case: expect
-- 3 rows.delete.all t It stands under a condition that is known only when it runs.
-- 5 rows.update.some t.a It stands under a condition that is known only when it runs.
