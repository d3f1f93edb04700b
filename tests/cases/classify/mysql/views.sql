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
CREATE VIEW admins AS SELECT id FROM users;
CREATE VIEW guests AS SELECT 2;
CREATE VIEW old_ones AS SELECT 3;
-- case: migration
CREATE VIEW cooks AS SELECT id FROM users WHERE role = 'cook';
CREATE OR REPLACE VIEW admins AS SELECT id, email FROM users WHERE role = 'admin';
ALTER ALGORITHM = MERGE DEFINER = CURRENT_USER SQL SECURITY INVOKER VIEW guests AS SELECT 1;
DROP VIEW IF EXISTS never;
DROP VIEW old_ones;
-- case: expect
-- 1 view.create cooks (- -> cooks)
-- 2 view.replace admins (- -> admins)
-- 3 view.replace guests (- -> guests)
-- 5 view.drop old_ones (- -> old_ones)
