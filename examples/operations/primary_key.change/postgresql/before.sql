CREATE TABLE recipes (
    id INTEGER CONSTRAINT recipes_key PRIMARY KEY,
    slug TEXT NOT NULL,
    title TEXT NOT NULL
);

INSERT INTO recipes (id, slug, title) VALUES
    (1, 'soup', 'Soup'),
    (2, 'bread', 'Bread'),
    (3, 'bread', 'Rye bread');
