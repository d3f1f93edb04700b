-- case: history
CREATE SCHEMA audit;
CREATE TABLE audit.log (id int, at timestamptz);
-- case: migration
ALTER SCHEMA audit RENAME TO trail;
-- case: expect
-- 1 statement.other
-- 1 table.rename audit.log (audit.log -> trail.log)
