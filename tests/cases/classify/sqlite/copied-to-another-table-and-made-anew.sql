-- case: history
CREATE TABLE sessions (id INTEGER NOT NULL PRIMARY KEY, subject TEXT, expires TEXT);
-- case: migration
CREATE TABLE grants (id INTEGER NOT NULL PRIMARY KEY, subject TEXT, expires TEXT);
INSERT INTO grants (id, subject, expires) SELECT id, subject, expires FROM sessions;
DROP TABLE sessions;
CREATE TABLE sessions (id INTEGER NOT NULL PRIMARY KEY, subject TEXT NOT NULL);
-- case: expect
-- 1 table.create grants
-- 3 table.drop sessions Rows were copied from it to grants first. A new table has its name afterwards, and not all rows were copied into it.
-- 4 table.create sessions
