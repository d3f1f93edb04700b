-- case: history
CREATE TABLE t (id int);
-- case: migration
\set ON_ERROR_STOP on
\echo 'DROP TABLE t;'
\i other.sql
\connect other
ALTER TABLE t ADD COLUMN a int;
\q
-- case: expect
-- 1 statement.other
-- 2 statement.other
-- 3 statement.opaque (- -> \i other.sql) a command of psql
-- 4 statement.opaque (- -> \connect other) a command of psql
-- 5 column.add.optional t.a (- -> integer)
-- 6 statement.other
