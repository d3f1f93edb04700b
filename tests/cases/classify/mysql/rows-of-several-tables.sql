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
UPDATE recipes r JOIN users u ON u.id = r.user_id SET r.notes = u.nickname;
DELETE r FROM recipes AS r JOIN users AS u ON u.id = r.user_id WHERE u.role = 'admin';
DELETE FROM r USING recipes AS r JOIN users AS u ON u.id = r.user_id;
WITH old AS (SELECT id FROM recipes WHERE servings = 0) DELETE FROM recipes WHERE id IN (SELECT id FROM old);
-- case: expect
-- 1 rows.update.some recipes
-- 2 rows.delete.some recipes
-- 3 rows.delete.some recipes
-- 4 rows.delete.some recipes
