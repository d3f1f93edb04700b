-- case: history
CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE);
CREATE TABLE posts (owner int REFERENCES users ON DELETE CASCADE);
-- case: migration
ALTER TABLE users RENAME TO people;
-- case: expect
-- 1 table.rename users (users -> people)
