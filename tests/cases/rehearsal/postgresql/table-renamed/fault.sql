CREATE TABLE persons (id integer PRIMARY KEY, first text NOT NULL, last text NOT NULL);
INSERT INTO persons SELECT * FROM people WHERE id < 2;
DROP TABLE people;
