-- The rows that break it were counted, and corrected.
UPDATE recipes SET servings = 1 WHERE servings <= 0;
-- next migration
PRAGMA foreign_keys = OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL CHECK (servings > 0)
);
INSERT INTO new_recipes (id, title, servings) SELECT id, title, servings FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys = ON;
