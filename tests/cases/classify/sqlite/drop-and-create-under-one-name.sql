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
DROP TABLE recipes;
CREATE TABLE recipes (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL);
-- case: expect
-- 1 table.drop recipes A new table has its name afterwards, and not all rows were copied into it.
-- 2 table.create recipes
