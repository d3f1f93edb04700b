PRAGMA foreign_keys=OFF;
CREATE TABLE new_events (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL
);
INSERT INTO new_events (id, at) SELECT id, at FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
PRAGMA foreign_keys=ON;
