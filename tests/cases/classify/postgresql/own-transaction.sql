-- case: history
CREATE TABLE t (id int);
-- case: migration in a transaction
BEGIN;
ALTER TABLE t ADD COLUMN a int;
SAVEPOINT s;
COMMIT;
ALTER TABLE t ADD COLUMN b int;
-- case: expect
-- 1 transaction.own BEGIN
-- 2 column.add.optional t.a (- -> integer)
-- 3 transaction.own SAVEPOINT
-- 4 transaction.own COMMIT
-- 5 column.add.optional t.b (- -> integer)
