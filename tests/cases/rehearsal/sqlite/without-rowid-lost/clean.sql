PRAGMA foreign_keys=OFF;
CREATE TABLE new_people (
    id TEXT PRIMARY KEY NOT NULL,
    last TEXT NOT NULL,
    first TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO new_people (id, first, last) SELECT id, first, last FROM people;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
PRAGMA foreign_keys=ON;
