CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT
);

INSERT INTO recipes (id, title, note) VALUES
    (1, 'Soup', 'with leeks'),
    (2, 'Bread', NULL),
    (3, 'Curry', 'mild');

CREATE TABLE ratings (
    id INTEGER PRIMARY KEY,
    recipe_id INTEGER NOT NULL REFERENCES recipes (id) ON DELETE RESTRICT ON UPDATE NO ACTION,
    stars INTEGER NOT NULL
);

INSERT INTO ratings (id, recipe_id, stars) VALUES (1, 1, 5), (2, 1, 4), (3, 2, 3);
