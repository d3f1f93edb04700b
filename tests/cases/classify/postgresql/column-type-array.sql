-- case: history
CREATE TABLE t (a text);
-- case: migration
ALTER TABLE t ALTER COLUMN a TYPE text[] USING ARRAY[a];
-- case: expect
-- 1 column.type.change t.a (text -> text[])
