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
ATTACH DATABASE '/tmp/x.db' AS x;
VACUUM INTO '/tmp/y.db';
PRAGMA writable_schema = ON;
DELETE FROM recipes;
-- case: expect
-- 1 statement.opaque (- -> ATTACH DATABASE '/tmp/x.db' AS x) it would open another database
-- 2 maintenance VACUUM
-- 3 statement.opaque (- -> PRAGMA writable_schema = ON) it would change what SQLite keeps for itself
-- 4 rows.delete.all recipes
