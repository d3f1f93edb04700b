DELETE FROM recipes;
