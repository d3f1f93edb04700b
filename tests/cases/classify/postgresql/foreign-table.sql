-- case: history
CREATE TABLE t (id int);
-- case: migration
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE ft (id int) SERVER far;
DROP FOREIGN TABLE ft;
-- case: expect
-- 1 statement.other (- -> postgres_fdw) The extension postgres_fdw was created.
-- 2 statement.other
-- 3 statement.opaque (- -> CREATE FOREIGN TABLE ft (id int) SERVER far) nothing is known of this kind of statement
-- 4 statement.other
