-- case: history
CREATE TABLE t (id int);
-- case: migration
BEGIN;
LOCK TABLE t IN ACCESS EXCLUSIVE MODE;
COMMIT;
-- case: expect
-- 1 transaction.own BEGIN
-- 2 maintenance t
-- 3 transaction.own COMMIT
