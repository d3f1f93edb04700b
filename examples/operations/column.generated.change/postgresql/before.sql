CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    label TEXT GENERATED ALWAYS AS (upper(title)) STORED
);

INSERT INTO recipes (id, title) VALUES
    (1, 'Soup'),
    (2, 'Bread');
