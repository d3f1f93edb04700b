-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p ON DELETE RESTRICT);
-- case: migration
ALTER TABLE t ADD CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p ON DELETE CASCADE,
  DROP CONSTRAINT t_a;
-- case: expect
-- 1 foreign_key.on_delete.change t.a (RESTRICT -> CASCADE) The key leads to p.
