ALTER TABLE users ADD COLUMN called text;
UPDATE users SET called = email;
ALTER TABLE users DROP COLUMN nickname;
