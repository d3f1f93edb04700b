PRAGMA foreign_keys=OFF;
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL COLLATE NOCASE,
    nickname TEXT DEFAULT 'nobody',
    CHECK (length(email) > 3)
);
INSERT INTO new_users (id, email, nickname) SELECT id, email, nickname FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE INDEX users_nickname ON users (nickname);
CREATE UNIQUE INDEX users_email ON users (email);
PRAGMA foreign_keys=ON;
