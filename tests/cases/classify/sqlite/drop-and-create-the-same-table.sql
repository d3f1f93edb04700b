-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, updated_at INTEGER);
CREATE TABLE readings (left_half INTEGER NOT NULL, middle INTEGER NOT NULL, right_half INTEGER NOT NULL);
-- case: migration
DROP TABLE users;
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, updated_at INTEGER);
-- case: expect
-- 1 table.drop users A new table has its name afterwards, and not all rows were copied into it.
-- 2 table.create users
