-- case: history
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, owner int REFERENCES users ON DELETE SET NULL);
-- case: migration
DROP TABLE posts;
DROP TABLE users;
-- case: expect
-- 1 table.drop posts
-- 2 table.drop users
