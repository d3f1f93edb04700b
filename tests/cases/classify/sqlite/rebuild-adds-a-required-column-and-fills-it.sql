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
CREATE TABLE new_users (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    nickname TEXT,
    age INTEGER NOT NULL
);
INSERT INTO new_users (id, email, nickname, age) SELECT id, email, nickname, 0 FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
PRAGMA foreign_keys=ON;
-- case: expect
-- 6 column.add.default users.age (- -> INTEGER) The script fills it before it becomes required.
-- 9 table.rebuild users
