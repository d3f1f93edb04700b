-- case: history
CREATE TABLE sessions (id TEXT PRIMARY KEY, subject TEXT);
-- case: migration
CREATE TABLE consents (subject TEXT);
INSERT INTO consents SELECT subject FROM sessions WHERE subject IS NOT NULL;
DROP TABLE sessions;
CREATE TABLE sessions (id TEXT PRIMARY KEY, subject TEXT NOT NULL);
-- case: expect
-- 1 table.create consents
-- 3 table.drop sessions Rows were copied from it to consents first. A new table has its name afterwards, and not all rows were copied into it.
-- 4 table.create sessions
