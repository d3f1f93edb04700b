ALTER TABLE recipes ADD COLUMN servings INTEGER;
-- next migration
UPDATE recipes SET servings = 2 WHERE servings IS NULL;
-- next migration
PRAGMA foreign_keys = OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT,
    servings INTEGER NOT NULL
);
INSERT INTO new_recipes (id, title, note, servings) SELECT id, title, note, servings FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys = ON;
