-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
ALTER TABLE IF EXISTS people RENAME TO users2;
ALTER TABLE IF EXISTS people ADD COLUMN x int;
-- case: expect
