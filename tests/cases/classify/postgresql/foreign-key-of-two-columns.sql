-- case: history
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE t (a int, b int);
-- case: migration
ALTER TABLE t ADD CONSTRAINT t_p FOREIGN KEY (a, b) REFERENCES p MATCH FULL ON DELETE NO ACTION;
-- case: expect
-- 1 foreign_key.add t (- -> a, b -> p(a, b) ON DELETE NO ACTION)
