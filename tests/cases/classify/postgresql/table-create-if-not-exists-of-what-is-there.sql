-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
CREATE TABLE IF NOT EXISTS users (id int PRIMARY KEY, email text NOT NULL);
-- case: expect
