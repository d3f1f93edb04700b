-- case: history
CREATE TABLE t (a text, b text GENERATED ALWAYS AS (lower(a)) STORED);
-- case: migration
ALTER TABLE t ALTER COLUMN b DROP EXPRESSION;
-- case: expect
-- 1 column.generated.change t.b (stored -> none)
