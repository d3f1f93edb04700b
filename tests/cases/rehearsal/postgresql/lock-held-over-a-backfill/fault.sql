BEGIN;
ALTER TABLE users ADD COLUMN bio text;
UPDATE users SET bio = '';
COMMIT;
