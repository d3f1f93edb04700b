CREATE TABLE new_recipes (
    id integer PRIMARY KEY,
    user_id integer REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL
);
INSERT INTO new_recipes SELECT r.id, r.user_id, coalesce(o.title, r.title) FROM recipes r LEFT JOIN recipes o ON o.id = r.id;
DROP TABLE recipes;
ALTER TABLE new_recipes RENAME TO recipes;
