-- case: history
CREATE TABLE users (id int NOT NULL, email text NOT NULL);
-- case: migration
CREATE TABLE users_new AS SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
-- case: expect
-- 3 column.null.allow users.id
-- 3 column.null.allow users.email
