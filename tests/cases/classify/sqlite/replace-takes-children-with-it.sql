-- case: history
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
CREATE TABLE recipes (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- case: migration
INSERT OR REPLACE INTO users VALUES (1, 'a');
DELETE FROM recipes WHERE 1;
DELETE FROM recipes WHERE 1 = 1;
UPDATE recipes SET user_id = NULL WHERE TRUE;
UPDATE recipes SET user_id = NULL WHERE 1 = 2;
-- case: expect
-- 1 rows.delete.some recipes Its rows go with those of users, by ON DELETE CASCADE.
-- 1 rows.update.some users
-- 2 rows.delete.all recipes
-- 3 rows.delete.all recipes
-- 4 rows.update.all recipes
-- 5 rows.update.some recipes
