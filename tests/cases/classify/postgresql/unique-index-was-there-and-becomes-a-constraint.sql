-- case: history
CREATE TABLE t (a int, b int);
CREATE UNIQUE INDEX b_once ON t (b);
-- case: migration
ALTER TABLE t ADD CONSTRAINT t_b_key UNIQUE USING INDEX b_once;
-- case: expect
