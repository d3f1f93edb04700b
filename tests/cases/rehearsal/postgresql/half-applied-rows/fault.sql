UPDATE recipes SET title = 'none' WHERE title = '';
UPDATE users SET email = NULL WHERE id = 3;
