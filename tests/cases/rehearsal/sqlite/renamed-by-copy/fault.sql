PRAGMA foreign_keys=OFF;
CREATE TABLE new_people (
    id INTEGER PRIMARY KEY,
    surname TEXT NOT NULL,
    first TEXT NOT NULL
);
INSERT INTO new_people (id, first, surname) SELECT id, first, first FROM people;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
PRAGMA foreign_keys=ON;
