CREATE TABLE new_recipes (
    id integer PRIMARY KEY,
    user_id integer REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL
);
INSERT INTO new_recipes SELECT r.id, r.user_id, r.title FROM recipes r JOIN users u ON u.id = r.user_id;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
