-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT NULL;
-- case: expect
-- 1 column.add.required t.a (- -> text) It has no default, and the rows that are there get no value.
