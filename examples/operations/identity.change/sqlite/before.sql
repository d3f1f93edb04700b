CREATE TABLE recipes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL
);

INSERT INTO recipes (title) VALUES
    ('Soup'),
    ('Bread');
