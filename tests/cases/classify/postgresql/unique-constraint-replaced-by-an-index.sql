-- case: history
CREATE TABLE t (a int, b int UNIQUE);
-- case: migration
CREATE UNIQUE INDEX b_once ON t (b);
ALTER TABLE t DROP CONSTRAINT t_b_key;
-- case: expect
