-- case: history
CREATE TABLE t (id int, a text);
-- case: migration
ALTER TABLE t ALTER COLUMN a SET NOT NULL, ALTER COLUMN a SET DEFAULT 'x';
-- case: expect
-- 1 column.default.change t.a (- -> 'x')
-- 1 column.null.forbid t.a
