-- case: history
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY);
-- case: migration
DROP TABLE posts, users;
-- case: expect
-- 1 table.drop users
-- 1 table.drop posts
