-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, old text);
-- case: migration
CREATE TABLE users_new (id int PRIMARY KEY, email text NOT NULL);
INSERT INTO users_new (id, email) SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
-- case: expect
-- 2 rows.insert users_new
-- 4 column.drop.optional users.old (text -> -) The column was optional before.
