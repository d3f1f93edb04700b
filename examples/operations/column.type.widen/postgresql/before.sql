CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title VARCHAR(20) NOT NULL
);

INSERT INTO recipes (id, title) VALUES
    (1, 'Soup'),
    (2, 'Bread');
