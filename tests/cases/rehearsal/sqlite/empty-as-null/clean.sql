PRAGMA foreign_keys=OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
    title TEXT
);
INSERT INTO new_recipes (id, user_id, title) SELECT id, user_id, title FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys=ON;
