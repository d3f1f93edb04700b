-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, updated_at INTEGER);
CREATE TABLE readings (left_half INTEGER NOT NULL, middle INTEGER NOT NULL, right_half INTEGER NOT NULL);
-- case: migration
ALTER TABLE users DROP COLUMN updated_at;
ALTER TABLE users ADD COLUMN updated_at TEXT;
ALTER TABLE users RENAME COLUMN updated_at TO changed;
-- case: expect
-- 2 column.drop.optional users.updated_at (INTEGER -> -) The column was optional before.
-- 3 column.add.optional users.changed (- -> TEXT)
