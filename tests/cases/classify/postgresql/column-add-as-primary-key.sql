-- case: history
CREATE TABLE t (a int);
-- case: migration
ALTER TABLE t ADD COLUMN id int PRIMARY KEY;
-- case: expect
-- 1 column.add.required t.id (- -> integer) It has no default, and the rows that are there get no value.
-- 1 primary_key.change t (none -> id)
