-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
DROP DATABASE IF EXISTS old_app;
-- case: expect
-- 1 database.drop old_app
