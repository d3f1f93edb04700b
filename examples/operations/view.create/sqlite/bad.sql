CREATE VIEW recipe_titles AS SELECT id, title FROM recipes;
