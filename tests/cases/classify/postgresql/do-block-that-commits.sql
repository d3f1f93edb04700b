-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN DELETE FROM t; COMMIT; END $$;
-- case: expect
-- 1 statement.opaque (- -> DO $$ BEGIN DELETE FROM t; COMMIT; END $$) a DO block is a program: commit
