-- case: history
CREATE TABLE t (a int);
CREATE INDEX t_a ON t (a);
-- case: migration
CREATE INDEX IF NOT EXISTS t_a ON t (a);
DROP INDEX IF EXISTS t_gone;
-- case: expect
