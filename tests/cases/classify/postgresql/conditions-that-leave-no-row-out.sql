-- case: history
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
CREATE TABLE recipes (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- case: migration
SELECT 1;
DELETE FROM recipes WHERE 'a' = 'a';
DELETE FROM recipes WHERE 1 = 1;
UPDATE recipes SET user_id = NULL WHERE TRUE;
UPDATE recipes SET user_id = NULL WHERE 1 = 2;
-- case: expect
-- 1 statement.other
-- 2 rows.delete.all recipes
-- 3 rows.delete.all recipes
-- 4 rows.update.all recipes.user_id
-- 5 rows.update.some recipes.user_id
