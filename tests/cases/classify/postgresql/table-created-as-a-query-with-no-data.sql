-- case: history
CREATE TABLE users (id int NOT NULL, email text NOT NULL);
-- case: migration
CREATE TABLE users_new AS SELECT id, email FROM users WITH NO DATA;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
-- case: expect
-- 2 table.drop users A new table has its name afterwards, and not all rows were copied into it.
-- 3 table.create users
