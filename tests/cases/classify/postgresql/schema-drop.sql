-- case: history
CREATE SCHEMA audit;
CREATE TABLE audit.log (id int);
CREATE TABLE log (id int);
CREATE TYPE audit.kind AS ENUM ('a');
CREATE VIEW audit.v AS SELECT id FROM audit.log;
-- case: migration
DROP SCHEMA audit CASCADE;
-- case: expect
-- 1 schema.drop audit
-- 1 statement.other (audit.kind -> -) The type audit.kind was dropped.
-- 1 table.drop audit.log
-- 1 view.drop audit.v (- -> audit.v)
