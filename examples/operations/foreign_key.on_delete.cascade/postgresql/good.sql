CREATE TABLE ratings (
    id INTEGER PRIMARY KEY,
    recipe_id INTEGER NOT NULL REFERENCES recipes (id) ON DELETE RESTRICT,
    stars INTEGER NOT NULL
);

INSERT INTO ratings (id, recipe_id, stars) VALUES (1, 1, 5), (2, 1, 4), (3, 2, 3);
