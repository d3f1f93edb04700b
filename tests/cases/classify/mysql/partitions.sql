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
CREATE TABLE log (id INT NOT NULL PRIMARY KEY);
CREATE TABLE log_old (id INT NOT NULL PRIMARY KEY);
-- case: migration
ALTER TABLE log PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20));
ALTER TABLE log ADD PARTITION (PARTITION p2 VALUES LESS THAN (30));
ALTER TABLE log REORGANIZE PARTITION p1, p2 INTO (PARTITION p3 VALUES LESS THAN (30));
ALTER TABLE log EXCHANGE PARTITION p0 WITH TABLE log_old;
ALTER TABLE log TRUNCATE PARTITION p3;
ALTER TABLE log DROP PARTITION p0, p3;
-- case: expect
-- 1 table.option.change log (- -> partitioned)
-- 2 statement.other log It adds partitions.
-- 3 table.option.change log REORGANIZE PARTITION
-- 4 partition.attach log The rows of partition p0 and of table log_old change places.
-- 4 partition.detach log The rows of partition p0 and of table log_old change places.
-- 5 table.truncate log Partitions: p3.
-- 6 partition.drop log Partitions: p0, p3.
