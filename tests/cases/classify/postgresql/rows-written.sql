-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text);
-- case: migration
INSERT INTO t VALUES (1, 'a'), (2, 'b');
INSERT INTO t VALUES (1, 'a') ON CONFLICT DO NOTHING;
INSERT INTO t VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET a = 'b';
UPDATE t SET a = 'c';
UPDATE t SET a = 'c', id = 3 WHERE id = 1;
UPDATE ONLY t SET a = 'c' WHERE true;
DELETE FROM t WHERE id = 1;
DELETE FROM t;
DELETE FROM t WHERE TRUE;
-- case: expect
-- 1 rows.insert t
-- 2 rows.insert t
-- 3 rows.insert t
-- 3 rows.update.some t
-- 4 rows.update.all t.a
-- 5 rows.update.some t
-- 6 rows.update.all t.a
-- 7 rows.delete.some t
-- 8 rows.delete.all t
-- 9 rows.delete.all t
