-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);
-- case: migration
ALTER TABLE users RENAME TO users_2023;
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);
-- case: expect
-- 1 table.rename users (users -> users_2023)
-- 2 table.create users
