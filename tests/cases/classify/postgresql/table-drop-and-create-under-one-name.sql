-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text);
-- case: migration
DROP TABLE IF EXISTS users;
CREATE TABLE users (id int PRIMARY KEY, email text);
-- case: expect
-- 1 table.drop users A new table has its name afterwards, and not all rows were copied into it.
-- 2 table.create users
