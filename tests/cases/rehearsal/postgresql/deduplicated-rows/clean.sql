CREATE TABLE new_tags (recipe_id integer, tag text);
INSERT INTO new_tags SELECT recipe_id, tag FROM tags;
DROP TABLE tags;
ALTER TABLE new_tags RENAME TO tags;
