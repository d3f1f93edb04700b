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
ALTER TABLE users DROP COLUMN nickname;
ALTER TABLE users ADD COLUMN nickname INTEGER;
-- case: expect
-- 2 column.type.recreate users.nickname (TEXT -> INTEGER) The values were not all copied.
