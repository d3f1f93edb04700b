CREATE TYPE course AS ENUM ('starter', 'main', 'dessert');

CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    course course NOT NULL
);

INSERT INTO recipes (id, title, course) VALUES
    (1, 'Soup', 'starter'),
    (2, 'Curry', 'main'),
    (3, 'Cake', 'dessert');
