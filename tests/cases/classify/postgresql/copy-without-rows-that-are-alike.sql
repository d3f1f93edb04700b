-- case: history
CREATE TABLE t (id int, a int);
-- case: migration
CREATE TABLE t2 (LIKE t INCLUDING ALL);
INSERT INTO t2 SELECT DISTINCT ON (a) * FROM t ON CONFLICT DO NOTHING;
DROP TABLE t;
ALTER TABLE t2 RENAME TO t;
-- case: expect
-- 2 rows.delete.some t Of rows that are alike one was copied.
-- 2 rows.insert t2
