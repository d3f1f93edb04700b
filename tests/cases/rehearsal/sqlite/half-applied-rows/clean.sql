UPDATE recipes SET title = 'none' WHERE title = '';
