DELETE FROM recipes WHERE id = 1;
