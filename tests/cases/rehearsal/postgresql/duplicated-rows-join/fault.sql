CREATE TABLE new_tags (recipe_id integer, tag text);
INSERT INTO new_tags SELECT t.recipe_id, t.tag FROM tags t LEFT JOIN labels l ON l.recipe_id = t.recipe_id;
DROP TABLE tags;
ALTER TABLE new_tags RENAME TO tags;
