-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int, p int REFERENCES p ON DELETE CASCADE);
-- case: migration
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'f' LOOP
    EXECUTE 'ALTER TABLE t DROP CONSTRAINT ' || quote_ident(r.conname);
  END LOOP;
  ALTER TABLE t ADD FOREIGN KEY (p) REFERENCES p ON DELETE RESTRICT;
END $$;
-- case: expect
-- 7 foreign_key.on_delete.change t.p (CASCADE -> RESTRICT) The key leads to p.
