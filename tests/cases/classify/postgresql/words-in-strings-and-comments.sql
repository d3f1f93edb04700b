-- case: history
CREATE TABLE t (id int, a text);
-- case: migration
UPDATE t SET a = 'x; DROP TABLE t;' WHERE id = 1; -- DROP TABLE t;
UPDATE t SET a = $q$ ; DROP TABLE t; $q$ WHERE id = 1;
UPDATE t SET a = E'it\'s; DROP TABLE t;' /* ; DROP TABLE t; */ WHERE id = 1;
-- case: expect
-- 1 rows.update.some t.a
-- 2 rows.update.some t.a
-- 3 rows.update.some t.a
