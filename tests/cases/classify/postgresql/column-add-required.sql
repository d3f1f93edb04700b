-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text NOT NULL;
ALTER TABLE t
  ADD COLUMN b int,
  ADD COLUMN c int NOT NULL;
-- case: expect
-- 1 column.add.required t.a (- -> text) It has no default, and the rows that are there get no value.
-- 3 column.add.optional t.b (- -> integer)
-- 4 column.add.required t.c (- -> integer) It has no default, and the rows that are there get no value.
