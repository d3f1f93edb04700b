DELETE FROM users WHERE nickname IS NULL;
