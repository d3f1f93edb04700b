PRAGMA foreign_keys=OFF;
CREATE TABLE new_places (
    id INTEGER PRIMARY KEY,
    zip INTEGER NOT NULL
);
INSERT INTO new_places (id, zip) SELECT id, zip FROM places;
DROP TABLE places;
ALTER TABLE new_places RENAME TO places;
PRAGMA foreign_keys=ON;
