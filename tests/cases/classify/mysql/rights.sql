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
GRANT SELECT ON meals.* TO 'report'@'%';
GRANT ALL PRIVILEGES ON *.* TO PUBLIC;
GRANT SELECT ON meals.* TO ''@'%';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'report'@'%';
CREATE USER 'report'@'%' IDENTIFIED BY 'x';
RENAME USER 'report'@'%' TO 'reports'@'%';
DROP USER 'reports'@'%';
FLUSH PRIVILEGES;
-- case: expect
-- 1 security.grant_role
-- 2 security.grant_public
-- 3 security.grant_public
-- 4 statement.other REVOKE
-- 5 statement.other CREATE USER
-- 6 statement.other RENAME USER
-- 7 statement.other DROP USER
-- 8 statement.other FLUSH
