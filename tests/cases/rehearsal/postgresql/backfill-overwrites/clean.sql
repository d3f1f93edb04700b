UPDATE users SET nickname = 'new' WHERE nickname IS NULL;
