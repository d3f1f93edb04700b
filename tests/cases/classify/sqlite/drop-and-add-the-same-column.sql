-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, updated_at INTEGER);
CREATE TABLE readings (left_half INTEGER NOT NULL, middle INTEGER NOT NULL, right_half INTEGER NOT NULL);
-- case: migration
ALTER TABLE users DROP COLUMN updated_at;
ALTER TABLE users ADD COLUMN updated_at INTEGER;
-- case: expect
-- 2 column.type.recreate users.updated_at (INTEGER -> INTEGER) The values were not all copied.
