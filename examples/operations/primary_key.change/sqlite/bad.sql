PRAGMA foreign_keys = OFF;
CREATE TABLE new_recipes (
    id INTEGER NOT NULL,
    slug TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL
);
INSERT INTO new_recipes (id, slug, title) SELECT id, slug, title FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys = ON;
