PRAGMA foreign_keys = OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL
);
INSERT INTO new_recipes (id, title, servings) SELECT id, title, servings FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys = ON;
