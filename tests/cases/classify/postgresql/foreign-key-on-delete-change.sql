-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p ON DELETE CASCADE);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_a;
ALTER TABLE t ADD CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p ON DELETE SET NULL;
-- case: expect
-- 2 foreign_key.on_delete.change t.a (CASCADE -> SET NULL) The key leads to p.
