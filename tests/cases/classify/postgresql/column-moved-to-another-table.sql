-- case: history
CREATE TABLE users (id int PRIMARY KEY, street text);
-- case: migration
CREATE TABLE addresses (user_id int REFERENCES users ON DELETE CASCADE, street text);
INSERT INTO addresses (user_id, street) SELECT id, street FROM users WHERE street IS NOT NULL;
ALTER TABLE users DROP COLUMN street;
-- case: expect
-- 1 foreign_key.on_delete.cascade addresses.user_id (- -> user_id -> users(id) ON DELETE CASCADE) Deleting a row of users deletes its rows of addresses.
-- 1 table.create addresses
-- 2 rows.insert addresses
-- 3 column.drop.optional users.street (text -> -) The column was optional before. Its values were copied to addresses.street first.
