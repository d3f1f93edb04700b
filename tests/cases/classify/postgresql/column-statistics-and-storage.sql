-- case: history
CREATE TABLE t (a text);
-- case: migration
ALTER TABLE t ALTER a SET STATISTICS 500, ALTER a SET STORAGE EXTERNAL;
ALTER TABLE t SET (fillfactor = 70);
ALTER TABLE t OWNER TO CURRENT_USER;
-- case: expect
-- 1 statement.other
-- 1 statement.other
-- 2 statement.other
-- 3 statement.other
