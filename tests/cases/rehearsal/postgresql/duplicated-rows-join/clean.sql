CREATE TABLE new_tags (recipe_id integer, tag text);
INSERT INTO new_tags SELECT t.recipe_id, t.tag FROM tags t;
DROP TABLE tags;
ALTER TABLE new_tags RENAME TO tags;
