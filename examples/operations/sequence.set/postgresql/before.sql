CREATE TABLE recipes (
    id SERIAL PRIMARY KEY,
    title TEXT NOT NULL
);

INSERT INTO recipes (title) VALUES
    ('Soup'),
    ('Bread');
