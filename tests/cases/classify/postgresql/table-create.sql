-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner int NOT NULL REFERENCES users ON DELETE CASCADE,
  editor int REFERENCES users,
  reviewer int REFERENCES users ON DELETE RESTRICT
);
CREATE UNIQUE INDEX ON posts (owner);
ALTER TABLE posts ADD COLUMN note text NOT NULL;
ALTER TABLE posts ALTER COLUMN note TYPE int USING note::int;
ALTER TABLE posts DROP COLUMN note;
-- case: expect
-- 1 foreign_key.on_delete.cascade posts.owner (- -> owner -> users(id) ON DELETE CASCADE) Deleting a row of users deletes its rows of posts.
-- 1 foreign_key.on_delete.unstated posts.editor (- -> editor -> users(id) ON DELETE NO ACTION) The effective action is NO ACTION.
-- 1 table.create posts
