CREATE TABLE new_people (id integer PRIMARY KEY, last text NOT NULL, first text NOT NULL);
INSERT INTO new_people (id, first, last) SELECT id, first, last FROM people p;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
