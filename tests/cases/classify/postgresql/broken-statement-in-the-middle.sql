-- case: history
CREATE TABLE t (id int, a int);
-- case: migration
ALTER TABLE t ADD COLUMN b int;
ALTER TABLE t DROPP COLUMN a;
ALTER TABLE t ADD COLUMN c int;
-- case: expect
-- 1 column.add.optional t.b (- -> integer)
-- 2 statement.opaque (- -> ALTER TABLE t DROPP COLUMN a) PostgreSQL's parser says, in line 2: syntax error at or near "DROPP"
-- 3 column.add.optional t.c (- -> integer)
