-- case: history
CREATE SCHEMA app;
CREATE TABLE app.users (id int PRIMARY KEY, email text);
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
SET search_path TO app;
CREATE TABLE posts (id int);
DROP TABLE public.users;
ALTER TABLE app.users DROP COLUMN email;
-- case: expect
-- 1 statement.other
-- 2 table.create app.posts
-- 3 table.drop users
-- 4 column.drop.optional app.users.email (text -> -) The column was optional before.
