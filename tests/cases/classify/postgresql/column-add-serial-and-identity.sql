-- case: history
CREATE TABLE t (a int);
-- case: migration
ALTER TABLE t ADD COLUMN b serial;
ALTER TABLE t ADD COLUMN c bigint GENERATED ALWAYS AS IDENTITY;
-- case: expect
-- 1 column.add.volatile_default t.b (- -> integer) Each row that is there gets a number.
-- 2 column.add.volatile_default t.c (- -> bigint) Each row that is there gets a number.
