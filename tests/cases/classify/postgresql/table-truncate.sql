-- case: history
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (owner int REFERENCES users);
CREATE TABLE other (id int);
-- case: migration
TRUNCATE other;
TRUNCATE TABLE users RESTART IDENTITY CASCADE;
-- case: expect
-- 1 table.truncate other
-- 2 table.truncate users
-- 2 table.truncate posts
