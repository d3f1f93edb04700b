CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    minutes TEXT
);

INSERT INTO recipes (id, title, minutes) VALUES
    (1, 'Soup', '30'),
    (2, 'Bread', 'about 90'),
    (3, 'Curry', '45');
