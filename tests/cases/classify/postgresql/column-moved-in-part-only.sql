-- case: history
CREATE TABLE users (id int PRIMARY KEY, street text);
-- case: migration
CREATE TABLE addresses (user_id int, street text);
INSERT INTO addresses (user_id, street) SELECT id, street FROM users WHERE id > 100;
ALTER TABLE users DROP COLUMN street;
-- case: expect
-- 1 table.create addresses
-- 2 rows.insert addresses
-- 3 column.drop.optional users.street (text -> -) The column was optional before.
