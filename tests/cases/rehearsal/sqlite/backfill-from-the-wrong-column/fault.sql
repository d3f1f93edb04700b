ALTER TABLE users ADD COLUMN called TEXT;
UPDATE users SET called = email;
ALTER TABLE users DROP COLUMN nickname;
