PRAGMA foreign_keys=OFF;
CREATE TABLE new_people (
    id INTEGER PRIMARY KEY,
    last TEXT NOT NULL,
    first TEXT NOT NULL
);
INSERT INTO new_people (id, first, last) SELECT id, first, replace(last, 'ë', 'Ã«') FROM people;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
PRAGMA foreign_keys=ON;
