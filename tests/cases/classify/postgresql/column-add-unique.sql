-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text UNIQUE;
ALTER TABLE t ADD COLUMN b int DEFAULT 1 UNIQUE;
ALTER TABLE t ADD COLUMN c int CHECK (c > 0);
-- case: expect
-- 1 column.add.optional t.a (- -> text)
-- 1 index.create t.a (- -> a) It is unique, and cannot fail: a is new and holds no value yet.
-- 2 column.add.default t.b (- -> integer) The default is 1.
-- 2 unique.add t.b (- -> b)
-- 3 check.add t (- -> c > 0)
-- 3 column.add.optional t.c (- -> integer)
