-- case: history
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, owner int REFERENCES users ON DELETE CASCADE);
CREATE TABLE likes (post int REFERENCES posts ON DELETE CASCADE, liker int REFERENCES users ON DELETE CASCADE);
CREATE TABLE marks (post int REFERENCES posts ON DELETE SET NULL);
-- case: migration
DELETE FROM users WHERE id = 1;
DELETE FROM users WHERE id = 2;
-- case: expect
-- 1 rows.delete.some users
-- 1 rows.delete.some posts Its rows go with those of users, by ON DELETE CASCADE.
-- 1 rows.delete.some likes Its rows go with those of users, by ON DELETE CASCADE.
-- 2 rows.delete.some users
