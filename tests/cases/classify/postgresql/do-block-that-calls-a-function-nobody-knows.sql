-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN PERFORM clean_everything(); END $$;
DO $$ DECLARE n int := wipe(); BEGIN NULL; END $$;
DO $$ BEGIN IF wipe() THEN NULL; END IF; END $$;
-- case: expect
-- 1 statement.opaque (- -> SELECT clean_everything()) nobody knows what clean_everything() writes
-- 2 statement.opaque (- -> wipe()) nobody knows what wipe() writes
-- 3 statement.opaque (- -> wipe()) nobody knows what wipe() writes
