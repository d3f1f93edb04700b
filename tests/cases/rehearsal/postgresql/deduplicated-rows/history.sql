CREATE TABLE tags (recipe_id integer, tag text);
CREATE TABLE labels (recipe_id integer, name text);
