CREATE VIRTUAL TABLE recipe_search USING fts5 (title);
INSERT INTO recipe_search (rowid, title) SELECT id, title FROM recipes;
