-- case: history
CREATE TABLE t (id int);
-- case: migration
CREATE TEMPORARY TABLE x (id int);
INSERT INTO x SELECT id FROM t;
DELETE FROM x;
UPDATE t SET id = x.id + 1 FROM x WHERE x.id = t.id;
DROP TABLE x;
-- case: expect
-- 4 rows.update.some t.id
