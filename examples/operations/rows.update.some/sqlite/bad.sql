UPDATE recipes SET note = 'spicy' WHERE id > 1;
