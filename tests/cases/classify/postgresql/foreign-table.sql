-- case: history
CREATE TABLE t (id int);
-- case: migration
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE ft (id int) SERVER far;
CREATE VIEW v AS SELECT 1 AS one;
ALTER FOREIGN TABLE ft ADD COLUMN x int;
ALTER FOREIGN TABLE ft RENAME TO ft2;
DROP FOREIGN TABLE ft2;
CREATE FOREIGN TABLE other (id int) SERVER far;
-- case: expect
-- 1 statement.other (- -> postgres_fdw) The extension postgres_fdw was created.
-- 2 statement.other
-- 4 view.create v (- -> v)
-- 5 statement.other
-- 8 statement.other (- -> other) The foreign table other was created.
