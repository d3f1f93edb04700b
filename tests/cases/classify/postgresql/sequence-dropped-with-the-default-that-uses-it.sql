-- case: history
CREATE SEQUENCE s;
CREATE TABLE t (id int NOT NULL DEFAULT nextval('s'), a int);
-- case: migration
DROP SEQUENCE s CASCADE;
-- case: expect
-- 1 column.default.drop t.id (nextval('s') -> -)
-- 1 sequence.drop s (- -> s)
