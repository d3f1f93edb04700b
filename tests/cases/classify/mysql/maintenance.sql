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
OPTIMIZE TABLE users;
ANALYZE TABLE users;
CHECK TABLE users;
REPAIR TABLE users;
LOCK TABLES users WRITE;
UNLOCK TABLES;
ALTER TABLE users FORCE;
ALTER TABLE users ORDER BY email;
FLUSH TABLES WITH READ LOCK;
-- case: expect
-- 1 maintenance OPTIMIZE
-- 2 maintenance ANALYZE
-- 3 maintenance CHECK
-- 4 maintenance REPAIR
-- 5 maintenance LOCK
-- 6 statement.other UNLOCK
-- 7 maintenance users The table is rebuilt.
-- 8 maintenance users The table is rebuilt.
-- 9 maintenance FLUSH
