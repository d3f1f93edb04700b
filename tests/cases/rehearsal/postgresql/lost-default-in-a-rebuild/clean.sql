CREATE TABLE new_recipes (
    id integer PRIMARY KEY,
    user_id integer REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL DEFAULT ''
);
INSERT INTO new_recipes SELECT id, user_id, title FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
