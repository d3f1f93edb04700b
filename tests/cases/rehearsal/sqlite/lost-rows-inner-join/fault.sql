PRAGMA foreign_keys=OFF;
CREATE TABLE new_recipes (
    id INTEGER PRIMARY KEY,
    user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL
);
INSERT INTO new_recipes (id, user_id, title) SELECT r.id, r.user_id, r.title FROM recipes r JOIN users u ON u.id = r.user_id;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
PRAGMA foreign_keys=ON;
