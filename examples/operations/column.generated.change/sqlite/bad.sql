PRAGMA foreign_keys = OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    label TEXT
);
INSERT INTO new_recipes (id, title, label) SELECT id, title, label FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys = ON;
