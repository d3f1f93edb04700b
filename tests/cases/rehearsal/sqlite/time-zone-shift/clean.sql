PRAGMA foreign_keys=OFF;
CREATE TABLE new_events (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL
);
INSERT INTO new_events (id, at) SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', at) FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
PRAGMA foreign_keys=ON;
