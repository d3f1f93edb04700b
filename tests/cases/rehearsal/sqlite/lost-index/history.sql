CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL COLLATE NOCASE, nickname TEXT DEFAULT 'nobody', CHECK (length(email) > 3));
CREATE INDEX users_nickname ON users (nickname);
CREATE UNIQUE INDEX users_email ON users (email);
