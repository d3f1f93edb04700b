-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$;
DO $$ BEGIN EXECUTE format('DROP TABLE %I', 't'); END $$;
-- case: expect
-- 1 statement.opaque (- -> DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$) a DO block is a program: dynexecute
-- 2 statement.opaque (- -> DO $$ BEGIN EXECUTE format('DROP TABLE %I', 't'); END $$) a DO block is a program: dynexecute
