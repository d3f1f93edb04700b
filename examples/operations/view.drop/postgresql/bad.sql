DROP VIEW recipe_titles;
