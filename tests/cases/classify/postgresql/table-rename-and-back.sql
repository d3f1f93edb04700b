-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME TO users;
-- case: expect
