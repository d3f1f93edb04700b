-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
DROP TABLE IF EXISTS posts;
DROP TABLE IF EXISTS posts CASCADE;
CREATE TABLE posts (id int PRIMARY KEY);
-- case: expect
-- 3 table.create posts
