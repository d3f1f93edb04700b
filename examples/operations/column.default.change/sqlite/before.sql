CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL DEFAULT 2
);

INSERT INTO recipes (id, title, servings) VALUES
    (1, 'Soup', 2),
    (2, 'Bread', 6);
