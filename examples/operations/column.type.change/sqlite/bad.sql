PRAGMA foreign_keys = OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    minutes INTEGER
);
INSERT INTO new_recipes (id, title, minutes) SELECT id, title, CAST(minutes AS INTEGER) FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys = ON;
