PRAGMA foreign_keys=OFF;
CREATE TABLE new_tags (
    recipe_id INTEGER,
    tag TEXT
);
INSERT INTO new_tags (recipe_id, tag) SELECT t.recipe_id, t.tag FROM tags t LEFT JOIN labels l ON l.recipe_id = t.recipe_id;
DROP TABLE tags;
ALTER TABLE new_tags RENAME TO tags;
PRAGMA foreign_keys=ON;
