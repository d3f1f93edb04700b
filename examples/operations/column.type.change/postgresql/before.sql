CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    price NUMERIC(6, 2)
);

INSERT INTO recipes (id, title, price) VALUES
    (1, 'Soup', 4.50),
    (2, 'Bread', 2.20),
    (3, 'Curry', 7.00);
