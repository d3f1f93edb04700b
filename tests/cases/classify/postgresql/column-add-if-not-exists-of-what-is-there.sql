-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text);
-- case: migration
ALTER TABLE t ADD COLUMN IF NOT EXISTS name text NOT NULL;
-- case: expect
