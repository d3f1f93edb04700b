-- case: history
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);
-- case: migration
ALTER TABLE t ALTER COLUMN b SET EXPRESSION AS (a + 2);
-- case: expect
-- 1 column.generated.change t.b (a + 1 -> a + 2)
