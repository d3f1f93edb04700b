ALTER TABLE users ADD COLUMN called text;
UPDATE users SET called = nickname;
ALTER TABLE users DROP COLUMN nickname;
