CREATE SCHEMA kitchen;

CREATE TABLE kitchen.stock (
    id INTEGER PRIMARY KEY,
    item TEXT NOT NULL
);

INSERT INTO kitchen.stock (id, item) VALUES (1, 'Flour'), (2, 'Salt');
