-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN PERFORM clean_everything(); END $$;
DO $$ DECLARE n int := wipe(); BEGIN NULL; END $$;
DO $$ BEGIN IF wipe() THEN NULL; END IF; END $$;
-- case: expect
-- 1 statement.opaque (- -> DO $$ BEGIN PERFORM clean_everything(); END $$) a DO block is a program: clean_everything()
-- 2 statement.opaque (- -> DO $$ DECLARE n int := wipe(); BEGIN NULL; END $$) a DO block is a program: wipe()
-- 3 statement.opaque (- -> DO $$ BEGIN IF wipe() THEN NULL; END IF; END $$) a DO block is a program: wipe()
