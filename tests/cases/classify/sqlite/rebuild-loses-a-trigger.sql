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
CREATE TRIGGER tidy AFTER DELETE ON recipes BEGIN UPDATE users SET nickname = NULL; END;
-- case: migration
PRAGMA foreign_keys=OFF;
CREATE TABLE new_recipes (
    id TEXT NOT NULL PRIMARY KEY,
    userId TEXT NOT NULL,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL DEFAULT 4,
    CONSTRAINT recipes_userId_fkey FOREIGN KEY (userId) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO new_recipes (id, userId, title, servings) SELECT id, userId, title, servings FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
CREATE INDEX recipes_userId_idx ON recipes (userId);
PRAGMA foreign_keys=ON;
-- case: expect
-- 1 trigger.drop recipes (- -> tidy)
-- 10 table.rebuild recipes
-- 10 table.rebuild.loses_trigger_or_index recipes The trigger tidy is gone.
