-- case: history
CREATE SEQUENCE s;
CREATE TABLE t (id int NOT NULL DEFAULT nextval('s'));
-- case: migration
ALTER SEQUENCE s RENAME TO numbers;
-- case: expect
-- 1 column.default.change t.id (nextval('s') -> nextval('numbers'))
-- 1 sequence.create numbers (- -> numbers)
-- 1 sequence.drop s (- -> s)
