CREATE TABLE new_people (id integer PRIMARY KEY, first text NOT NULL, last text);
INSERT INTO new_people (id, first, last) SELECT id, first, last FROM people p;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
