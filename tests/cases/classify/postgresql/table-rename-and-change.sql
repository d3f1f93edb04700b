-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text);
-- case: migration
ALTER TABLE users RENAME TO people;
ALTER TABLE people DROP COLUMN email;
-- case: expect
-- 1 table.rename users (users -> people)
-- 2 column.drop.optional people.email (text -> -) The column was optional before.
