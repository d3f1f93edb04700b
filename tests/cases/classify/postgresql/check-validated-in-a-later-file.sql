-- case: history
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID;
-- case: migration
ALTER TABLE t VALIDATE CONSTRAINT k;
-- case: expect
-- 1 check.add t (- -> a > 0) It was NOT VALID: now the rows that are there are checked.
