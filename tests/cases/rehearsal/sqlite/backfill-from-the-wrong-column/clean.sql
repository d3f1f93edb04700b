ALTER TABLE users ADD COLUMN called TEXT;
UPDATE users SET called = nickname;
ALTER TABLE users DROP COLUMN nickname;
