UPDATE recipes SET title = 'Broth' WHERE id = 1;
