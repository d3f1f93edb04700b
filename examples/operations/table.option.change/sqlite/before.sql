CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    servings INTEGER
);

INSERT INTO recipes (id, title, servings) VALUES
    (1, 'Soup', 4),
    (2, 'Bread', 'two');
