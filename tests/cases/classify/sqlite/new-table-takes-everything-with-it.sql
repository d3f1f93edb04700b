-- case: history
-- case: migration
CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT);
CREATE UNIQUE INDEX a_b ON a (b);
ALTER TABLE a ADD COLUMN c TEXT NOT NULL DEFAULT 'x';
UPDATE a SET c = 'y';
DELETE FROM a;
-- case: expect
-- 1 table.create a
