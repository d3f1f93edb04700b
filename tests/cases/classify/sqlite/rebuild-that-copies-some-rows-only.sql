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
CREATE TABLE new_users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, nickname TEXT);
INSERT INTO new_users SELECT id, email, nickname FROM users WHERE email LIKE '%@%';
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
-- case: expect
-- 3 rows.delete.some users The copy takes some rows only, and the others go with the old table.
-- 4 table.rebuild users
