CREATE TABLE tags (recipe_id INTEGER, tag TEXT);
