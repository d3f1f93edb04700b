CREATE EXTENSION citext;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email CITEXT
);

INSERT INTO users (id, email) VALUES (1, 'ada@example.org'), (2, 'grace@example.org');
