-- case: history
CREATE TABLE users (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(191) NOT NULL,
    nickname VARCHAR(60),
    role ENUM('cook', 'admin') NOT NULL DEFAULT 'cook',
    UNIQUE KEY users_email_key (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE recipes (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_id INT UNSIGNED NOT NULL,
    title VARCHAR(200) NOT NULL,
    notes TEXT,
    servings INT NOT NULL DEFAULT 4,
    KEY recipes_user_id_idx (user_id),
    CONSTRAINT recipes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
-- case: migration
INSERT INTO users (email) VALUES ('a');
INSERT IGNORE INTO users (email) VALUES ('b');
INSERT INTO users (email) VALUES ('c') ON DUPLICATE KEY UPDATE nickname = 'c';
REPLACE INTO recipes VALUES (1, 1, 'x', NULL, 4);
UPDATE users SET nickname = 'x';
UPDATE users SET nickname = 'x' WHERE id = 1;
UPDATE users SET nickname = 'x' LIMIT 10;
DELETE FROM recipes WHERE servings = 0;
DELETE FROM recipes LIMIT 1;
DELETE FROM recipes ORDER BY id;
DELETE FROM recipes;
-- case: expect
-- 1 rows.insert users
-- 2 rows.insert users
-- 3 rows.update.some users
-- 4 rows.update.some recipes
-- 5 rows.update.all users
-- 6 rows.update.some users
-- 7 rows.update.some users
-- 8 rows.delete.some recipes
-- 9 rows.delete.some recipes
-- 10 rows.delete.all recipes
-- 11 rows.delete.all recipes
