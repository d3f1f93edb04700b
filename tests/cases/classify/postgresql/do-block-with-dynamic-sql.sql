-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$;
DO $$ BEGIN EXECUTE format('DROP TABLE %I', 't'); END $$;
-- case: expect
-- 1 table.drop t
-- 2 table.drop t The history so far does not create it.
