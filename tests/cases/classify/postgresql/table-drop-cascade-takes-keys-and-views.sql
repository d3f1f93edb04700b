-- case: history
CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE TABLE posts (id int PRIMARY KEY, owner int REFERENCES users ON DELETE CASCADE);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW short_names AS SELECT name FROM names WHERE length(name) < 5;
CREATE VIEW titles AS SELECT id FROM posts;
-- case: migration
DROP TABLE users CASCADE;
-- case: expect
-- 1 foreign_key.drop posts.owner (owner -> users(id) ON DELETE CASCADE -> -) users is dropped as well. Its delete rule was CASCADE.
-- 1 table.drop users
-- 1 view.drop names (- -> names)
-- 1 view.drop short_names (- -> short_names)
