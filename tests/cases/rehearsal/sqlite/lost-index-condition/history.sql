CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    nickname TEXT
);
CREATE UNIQUE INDEX users_nickname ON users (nickname) WHERE nickname IS NOT NULL;
