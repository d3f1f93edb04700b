-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p (id) ON DELETE SET NULL NOT VALID;
-- case: migration
ALTER TABLE t VALIDATE CONSTRAINT t_a;
-- case: expect
-- 1 foreign_key.add t.a (- -> a -> p(id) ON DELETE SET NULL) It was NOT VALID: now the rows that are there are checked.
