-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
CREATE TABLE scratch (id int);
INSERT INTO scratch SELECT id FROM users;
DROP TABLE scratch;
-- case: expect
-- 2 rows.insert scratch
