-- case: history
CREATE TABLE t (id int, a int);
CREATE TABLE u (id int);
-- case: migration
DO $$
DECLARE r record; n int := 0;
BEGIN
  FOR r IN SELECT id FROM u LOOP
    UPDATE t SET a = r.id WHERE id = r.id;
  END LOOP;
  WHILE n < 3 LOOP
    INSERT INTO u VALUES (n);
    n := n + 1;
    EXIT WHEN n > 2;
  END LOOP;
  RAISE NOTICE 'done %', n;
END $$;
-- case: expect
-- 5 rows.update.some t.a It stands under a condition that is known only when it runs.
-- 8 rows.insert u
