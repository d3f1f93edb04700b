-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, b int);
-- case: migration
ALTER TABLE t ADD CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p (id) ON DELETE SET NULL NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT t_a;
ALTER TABLE t ADD CONSTRAINT t_b FOREIGN KEY (b) REFERENCES p (id) ON DELETE SET NULL NOT VALID;
-- case: expect
-- 2 foreign_key.add t.a (- -> a -> p(id) ON DELETE SET NULL)
-- 3 foreign_key.add t.b (- -> b -> p(id) ON DELETE SET NULL) It is NOT VALID: the rows that are there are not looked at.
