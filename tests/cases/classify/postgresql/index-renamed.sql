-- case: history
CREATE TABLE t (a int);
CREATE INDEX t_a ON t (a);
-- case: migration
ALTER INDEX t_a RENAME TO idx_t_a;
ALTER INDEX IF EXISTS gone RENAME TO away;
-- case: expect
