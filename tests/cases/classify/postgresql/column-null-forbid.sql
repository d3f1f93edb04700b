-- case: history
CREATE TABLE t (id int, a text, b text);
-- case: migration
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t ALTER b SET NOT NULL, ALTER id SET NOT NULL;
-- case: expect
-- 1 column.null.forbid t.a
-- 2 column.null.forbid t.id
-- 2 column.null.forbid t.b
