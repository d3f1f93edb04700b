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
ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME COLUMN email TO address;
ALTER TABLE people DROP COLUMN nickname;
-- case: expect
-- 1 table.rename users (users -> people)
-- 2 column.rename people.email (email -> address)
-- 3 column.drop.optional people.nickname (TEXT -> -) The column was optional before.
