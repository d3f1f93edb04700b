-- case: history
CREATE TABLE t (a int DEFAULT 1, b int DEFAULT 1, c int, d text DEFAULT 'x');
-- case: migration
ALTER TABLE t ALTER a SET DEFAULT 2;
ALTER TABLE t ALTER b DROP DEFAULT;
ALTER TABLE t ALTER c SET DEFAULT -1;
ALTER TABLE t ALTER d SET DEFAULT NULL;
-- case: expect
-- 1 column.default.change t.a (1 -> 2)
-- 2 column.default.drop t.b (1 -> -)
-- 3 column.default.change t.c (- -> -1)
-- 4 column.default.drop t.d ('x' -> -)
