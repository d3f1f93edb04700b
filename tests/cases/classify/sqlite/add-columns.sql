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
ALTER TABLE users ADD COLUMN a TEXT;
ALTER TABLE users ADD COLUMN b TEXT NOT NULL DEFAULT 'b';
ALTER TABLE users ADD COLUMN c TEXT AS (email) VIRTUAL;
ALTER TABLE users ADD COLUMN d TEXT REFERENCES recipes (id) ON DELETE SET NULL;
-- case: expect
-- 1 column.add.optional users.a (- -> TEXT)
-- 2 column.add.default users.b (- -> TEXT) The default is 'b'.
-- 3 column.add.optional users.c (- -> TEXT) It is computed: email.
-- 4 column.add.optional users.d (- -> TEXT)
