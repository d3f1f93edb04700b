-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, nickname TEXT);
CREATE TABLE recipes (
    id TEXT NOT NULL PRIMARY KEY,
    userId TEXT NOT NULL,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL DEFAULT 4,
    CONSTRAINT recipes_userId_fkey FOREIGN KEY (userId) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX recipes_userId_idx ON recipes (userId);
-- case: migration
ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
DROP TABLE recipes;
SELECT * FROM nowhere;
-- case: expect
-- 1 statement.opaque (- -> ALTER TABLE users ALTER COLUMN email DROP NOT NULL) SQLite refuses it: near "ALTER": syntax error
-- 2 table.drop recipes
-- 3 statement.opaque (- -> SELECT * FROM nowhere) SQLite refuses it: no such table: nowhere
