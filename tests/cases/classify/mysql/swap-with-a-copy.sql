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
CREATE TABLE users_new LIKE users;
ALTER TABLE users_new ADD COLUMN age INT;
INSERT INTO users_new (id, email, nickname, role) SELECT id, email, nickname, role FROM users;
RENAME TABLE users TO users_old, users_new TO users;
DROP TABLE users_old;
-- case: expect
-- 2 column.add.optional users.age (- -> int)
-- 4 foreign_key.add recipes.user_id (- -> user_id -> users_old(id) ON DELETE CASCADE) There is no table users_old afterwards: every write that the key checks fails.
-- 4 foreign_key.drop recipes.user_id (user_id -> users(id) ON DELETE CASCADE -> -) [cascaded] Its delete rule was CASCADE.
-- 4 foreign_key.on_delete.cascade recipes.user_id (- -> user_id -> users_old(id) ON DELETE CASCADE) Deleting a row of users_old deletes its rows of recipes.
