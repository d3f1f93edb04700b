-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text, phone text UNIQUE NULLS NOT DISTINCT);
-- case: migration
ALTER TABLE IF EXISTS people ADD COLUMN a int;
ALTER TABLE IF EXISTS people SET SCHEMA s;
ALTER TABLE IF EXISTS people RENAME COLUMN a TO b;
ALTER TABLE users DROP COLUMN IF EXISTS age;
DROP TABLE IF EXISTS people;
DO $$ BEGIN ALTER TABLE people DROP COLUMN a; EXCEPTION WHEN undefined_table THEN NULL; END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'people') THEN
    ALTER TABLE people DROP COLUMN a;
  END IF;
END $$;
-- case: expect
