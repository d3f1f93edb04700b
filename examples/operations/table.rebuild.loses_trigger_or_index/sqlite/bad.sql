PRAGMA foreign_keys = OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT
);
INSERT INTO new_recipes (id, title, note) SELECT id, title, note FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys = ON;
