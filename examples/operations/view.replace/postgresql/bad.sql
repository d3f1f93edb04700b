CREATE OR REPLACE VIEW recipe_titles AS SELECT id, title, note FROM recipes;
