-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, nickname TEXT);
-- case: migration
ALTER TABLE users RENAME TO _bkp_users;
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, nickname TEXT NOT NULL);
INSERT INTO users SELECT id, email, coalesce(nickname, '') FROM _bkp_users;
-- case: expect
-- 1 table.create _bkp_users
-- 2 column.null.forbid users.nickname The script fills the rows first.
