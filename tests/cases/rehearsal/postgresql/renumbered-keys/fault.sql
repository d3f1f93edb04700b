CREATE TABLE new_recipes (
    id integer PRIMARY KEY,
    user_id integer REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL
);
INSERT INTO new_recipes SELECT row_number() OVER (ORDER BY title COLLATE "C"), user_id, title FROM recipes;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
