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
CREATE UNIQUE INDEX t ON recipes (title);
-- case: migration
DROP INDEX t;
CREATE UNIQUE INDEX t ON recipes (title, userId);
-- case: expect
-- 2 unique.add recipes (- -> title, userId) It cannot fail: title was unique already.
-- 2 unique.drop recipes.title (title -> -)
