PRAGMA foreign_keys = OFF;
CREATE TABLE new_ratings (
    id INTEGER PRIMARY KEY,
    recipe_id INTEGER NOT NULL,
    stars INTEGER NOT NULL
);
INSERT INTO new_ratings (id, recipe_id, stars) SELECT id, recipe_id, stars FROM ratings;
DROP TABLE ratings;
ALTER TABLE new_ratings RENAME TO ratings;
PRAGMA foreign_keys = ON;
