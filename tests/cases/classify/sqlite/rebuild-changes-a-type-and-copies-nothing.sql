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
PRAGMA foreign_keys=OFF;
CREATE TABLE new_recipes (
    id TEXT NOT NULL PRIMARY KEY,
    userId TEXT NOT NULL,
    title TEXT NOT NULL,
    servings TEXT NOT NULL DEFAULT '4',
    CONSTRAINT recipes_userId_fkey FOREIGN KEY (userId) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO new_recipes (id, userId, title) SELECT id, userId, title FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
CREATE INDEX recipes_userId_idx ON recipes (userId);
PRAGMA foreign_keys=ON;
-- case: expect
-- 6 column.type.recreate recipes.servings (INTEGER -> TEXT) The values were not all copied.
-- 10 table.rebuild recipes
