-- case: history
CREATE TABLE t (id int);
-- case: migration
ALTER TABLE t ADD COLUMN a int;
INSERT INTO t VALUES ('it's);
DROP TABLE t;
-- case: expect
-- 2 statement.opaque (- -> INSERT INTO t VALUES ('it's)) PostgreSQL's parser says, in line 2: syntax error at or near "s"
-- 3 table.drop t
