-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, active bool NOT NULL);
-- case: migration
CREATE TABLE users_new (id int PRIMARY KEY, email text NOT NULL, active bool NOT NULL);
INSERT INTO users_new SELECT * FROM users WHERE active;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
-- case: expect
-- 2 rows.insert users_new
-- 3 table.drop users A new table has its name afterwards, and not all rows were copied into it.
-- 4 table.create users
