-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN DELETE FROM t; COMMIT; END $$;
-- case: expect
-- 1 rows.delete.all t
-- 1 transaction.own COMMIT
