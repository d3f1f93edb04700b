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
CREATE PROCEDURE old_one() SELECT 1;
-- case: migration
DELIMITER //
CREATE PROCEDURE purge(IN days INT)
BEGIN
  IF days > 3 THEN DELETE FROM users; END IF;
END//
CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2//
DROP FUNCTION IF EXISTS never//
DROP PROCEDURE old_one//
DELIMITER ;
ALTER TABLE users ADD COLUMN age INT;
-- case: expect
-- 2 function.create purge (- -> purge)
-- 6 function.create twice (- -> twice)
-- 8 function.drop old_one (- -> old_one)
-- 10 column.add.optional users.age (- -> int)
