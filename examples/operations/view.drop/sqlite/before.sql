CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT
);

INSERT INTO recipes (id, title, note) VALUES
    (1, 'Soup', 'with leeks'),
    (2, 'Bread', NULL),
    (3, 'Curry', 'mild');

CREATE VIEW recipe_titles AS SELECT id, title FROM recipes;
