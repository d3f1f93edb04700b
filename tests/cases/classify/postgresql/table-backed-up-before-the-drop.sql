-- case: history
CREATE TABLE users (id int NOT NULL, email text NOT NULL);
-- case: migration
SELECT * INTO users_backup FROM users;
DROP TABLE users;
-- case: expect
-- 1 column.null.allow users_backup.id
-- 1 column.null.allow users_backup.email
-- 1 table.rename users (users -> users_backup)
