-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE u (id int PRIMARY KEY, a text);
-- case: migration
UPDATE t SET a = u.a FROM u WHERE u.id = t.id;
DELETE FROM t USING u WHERE u.id = t.id;
MERGE INTO t USING u ON t.id = u.id
  WHEN MATCHED AND u.a = '' THEN DELETE
  WHEN MATCHED THEN UPDATE SET a = u.a
  WHEN NOT MATCHED THEN INSERT VALUES (u.id, u.a);
-- case: expect
-- 1 rows.update.some t.a
-- 2 rows.delete.some t
-- 3 rows.delete.some t
-- 3 rows.insert t
-- 3 rows.update.some t
