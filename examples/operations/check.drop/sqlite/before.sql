CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL CONSTRAINT servings_positive CHECK (servings > 0)
);

INSERT INTO recipes (id, title, servings) VALUES
    (1, 'Soup', 4),
    (2, 'Bread', 6);
