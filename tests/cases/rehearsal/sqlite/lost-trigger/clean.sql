PRAGMA foreign_keys=OFF;
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    nickname TEXT,
    bio TEXT
);
INSERT INTO new_users (id, email, nickname) SELECT id, email, nickname FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TRIGGER users_log AFTER UPDATE ON users BEGIN INSERT INTO log VALUES (new.id); END;
PRAGMA foreign_keys=ON;
