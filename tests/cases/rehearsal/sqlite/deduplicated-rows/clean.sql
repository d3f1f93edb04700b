PRAGMA foreign_keys=OFF;
CREATE TABLE new_tags (
    recipe_id INTEGER,
    tag TEXT
);
INSERT INTO new_tags (recipe_id, tag) SELECT recipe_id, tag FROM tags;
DROP TABLE tags;
ALTER TABLE new_tags RENAME TO tags;
PRAGMA foreign_keys=ON;
