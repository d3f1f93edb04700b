-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t DROP COLUMN IF EXISTS a;
-- case: expect
