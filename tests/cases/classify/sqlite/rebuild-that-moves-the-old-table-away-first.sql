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
ALTER TABLE users RENAME TO __users_old;
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO users SELECT id, email FROM __users_old;
DROP TABLE __users_old;
PRAGMA foreign_keys=ON;
-- case: expect
-- 1 foreign_key.add recipes.userId (- -> userId -> __users_old(id) ON DELETE CASCADE) There is no table __users_old afterwards: every write that the key checks fails.
-- 1 foreign_key.drop recipes.userId (userId -> users(id) ON DELETE CASCADE -> -) [cascaded] Its delete rule was CASCADE.
-- 1 foreign_key.on_delete.cascade recipes.userId (- -> userId -> __users_old(id) ON DELETE CASCADE) Deleting a row of __users_old deletes its rows of recipes.
-- 5 column.drop.optional users.nickname (TEXT -> -) The column was optional before.
-- 5 table.rebuild users
