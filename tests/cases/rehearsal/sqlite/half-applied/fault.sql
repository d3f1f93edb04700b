ALTER TABLE users ADD COLUMN bio TEXT;
UPDATE users SET bio = '';
ALTER TABLE users ADD COLUMN nickname TEXT;
