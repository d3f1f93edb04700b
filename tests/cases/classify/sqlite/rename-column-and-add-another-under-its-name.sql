-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, updated_at INTEGER);
CREATE TABLE readings (left_half INTEGER NOT NULL, middle INTEGER NOT NULL, right_half INTEGER NOT NULL);
-- case: migration
ALTER TABLE users RENAME COLUMN updated_at TO created_at;
ALTER TABLE users ADD COLUMN updated_at INTEGER;
-- case: expect
-- 1 column.rename users.updated_at (updated_at -> created_at)
-- 2 column.add.optional users.updated_at (- -> INTEGER)
