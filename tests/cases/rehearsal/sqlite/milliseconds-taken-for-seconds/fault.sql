PRAGMA foreign_keys=OFF;
CREATE TABLE new_events (
    id INTEGER PRIMARY KEY,
    at DATETIME NOT NULL
);
INSERT INTO new_events (id, at) SELECT id, coalesce(datetime(at, 'unixepoch'), '1970-01-01 00:00:00') FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
PRAGMA foreign_keys=ON;
