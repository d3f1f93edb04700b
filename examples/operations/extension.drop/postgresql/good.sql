ALTER TABLE users ALTER COLUMN email TYPE TEXT;
-- next migration
DROP EXTENSION citext;
