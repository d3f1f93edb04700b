-- case: history
CREATE TABLE a (id int PRIMARY KEY, n int DEFAULT 1);
-- case: migration
CREATE TABLE b (LIKE a INCLUDING ALL);
DROP TABLE a;
-- case: expect
-- 1 table.create b
-- 2 table.drop a
