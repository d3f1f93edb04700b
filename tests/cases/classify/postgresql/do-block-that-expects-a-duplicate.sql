-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int, p int);
CREATE TYPE kind AS ENUM ('a');
-- case: migration
DO $$ BEGIN
  CREATE TYPE kind AS ENUM ('a', 'b');
EXCEPTION WHEN duplicate_object THEN null;
END $$;
DO $$ BEGIN
  ALTER TABLE t ADD CONSTRAINT t_p FOREIGN KEY (p) REFERENCES p(id) ON DELETE CASCADE;
EXCEPTION
  WHEN duplicate_object THEN NULL;
END $$;
-- case: expect
-- 6 foreign_key.add t.p (- -> p -> p(id) ON DELETE CASCADE)
-- 6 foreign_key.on_delete.cascade t.p (- -> p -> p(id) ON DELETE CASCADE) Deleting a row of p deletes its rows of t.
