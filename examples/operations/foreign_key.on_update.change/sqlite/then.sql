UPDATE recipes SET id = 10 WHERE id = 1;
