-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, nickname TEXT);
CREATE TABLE recipes (
    id TEXT NOT NULL PRIMARY KEY,
    userId TEXT NOT NULL,
    title TEXT NOT NULL,
    servings INTEGER NOT NULL DEFAULT 4,
    CONSTRAINT recipes_userId_fkey FOREIGN KEY (userId) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX recipes_userId_idx ON recipes (userId);
-- case: migration
INSERT INTO users VALUES ('a', 'b', NULL);
UPDATE users SET nickname = 'x';
UPDATE users SET nickname = 'x' WHERE id = 'a';
DELETE FROM users WHERE email IN (SELECT title FROM recipes WHERE 1);
DELETE FROM recipes;
REPLACE INTO users VALUES ('a', 'c', NULL);
WITH old AS (SELECT id FROM users WHERE 1) DELETE FROM recipes;
INSERT INTO users VALUES ('a', 'd', NULL) ON CONFLICT DO UPDATE SET email = 'd';
-- case: expect
-- 1 rows.insert users
-- 2 rows.update.all users
-- 3 rows.update.some users
-- 4 rows.delete.some users
-- 4 rows.delete.some recipes Its rows go with those of users, by ON DELETE CASCADE.
-- 5 rows.delete.all recipes
-- 6 rows.update.some users
-- 7 rows.delete.all recipes
-- 8 rows.update.some users
