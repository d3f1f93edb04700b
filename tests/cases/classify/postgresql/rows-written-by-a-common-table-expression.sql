-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE archive (id int, a text);
-- case: migration
WITH gone AS (DELETE FROM t WHERE id < 10 RETURNING id, a) INSERT INTO archive SELECT * FROM gone;
WITH x AS (UPDATE t SET a = 'x' RETURNING id) SELECT count(*) FROM x;
WITH x AS (SELECT 1) DELETE FROM t;
-- case: expect
-- 1 rows.delete.some t
-- 1 rows.insert archive
-- 2 rows.update.all t.a
-- 2 statement.other
-- 3 rows.delete.all t
