-- case: history
CREATE TABLE t (id int);
-- case: migration
ALTER TABLE `t` ADD COLUMN a INT;
CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT);
ALTER TABLE t ADD COLUMN b int;
-- case: expect
-- 1 statement.opaque (- -> ALTER TABLE `t` ADD COLUMN a INT) PostgreSQL's parser says, in line 1: syntax error at or near "`"
-- 2 statement.opaque (- -> CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT)) PostgreSQL's parser says, in line 2: syntax error at or near "AUTOINCREMENT"
-- 3 column.add.optional t.b (- -> integer)
