-- case: history
CREATE SCHEMA archive;
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
ALTER TABLE users SET SCHEMA archive;
-- case: expect
-- 1 table.rename users (users -> archive.users)
