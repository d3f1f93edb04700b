DROP VIEW recipe_titles;
CREATE VIEW recipe_titles AS SELECT id, title, note FROM recipes;
