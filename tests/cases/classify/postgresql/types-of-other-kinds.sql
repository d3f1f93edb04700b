-- case: history
CREATE TABLE t (id int);
CREATE DOMAIN old_domain AS int;
CREATE TABLE u (id int, d old_domain NOT NULL);
-- case: migration
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
ALTER DOMAIN email DROP CONSTRAINT email_check;
CREATE TYPE point3 AS (x int, y int, z int);
ALTER TYPE point3 ADD ATTRIBUTE w int;
CREATE TYPE span AS RANGE (subtype = float8);
DROP TYPE point3, span;
DROP DOMAIN email;
DROP DOMAIN old_domain CASCADE;
-- case: expect
-- 1 statement.other
-- 2 statement.other
-- 3 statement.other
-- 4 statement.other
-- 5 statement.other
-- 6 statement.other
-- 6 statement.other
-- 7 statement.other
-- 8 column.drop.required u.d (old_domain -> -) The column was required before.
-- 8 statement.other
