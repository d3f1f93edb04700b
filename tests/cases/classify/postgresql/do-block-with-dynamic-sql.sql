-- case: history
CREATE TABLE t (id int);
CREATE TABLE u (id int);
-- case: migration
DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$;
DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'u'); END $$;
-- case: expect
-- 1 table.drop t
-- 2 table.drop u
