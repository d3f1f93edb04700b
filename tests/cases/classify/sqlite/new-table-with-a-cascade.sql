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
CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    recipeId TEXT REFERENCES recipes (id) ON DELETE CASCADE,
    userId TEXT REFERENCES users (id)
);
-- case: expect
-- 1 foreign_key.on_delete.cascade notes.recipeId (- -> recipeId -> recipes(id) ON DELETE CASCADE) Deleting a row of recipes deletes its rows of notes.
-- 1 foreign_key.on_delete.unstated notes.userId (- -> userId -> users(id) ON DELETE NO ACTION) The effective action is NO ACTION.
-- 1 table.create notes
