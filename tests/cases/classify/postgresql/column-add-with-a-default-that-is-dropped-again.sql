-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT 'x';
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
-- case: expect
-- 2 column.add.default t.a (- -> text) The script fills it before it becomes required.
