-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, b int, c int);
-- case: migration
ALTER TABLE t ADD CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p (id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES p;
ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES p ON DELETE CASCADE;
-- case: expect
-- 1 foreign_key.add t.a (- -> a -> p(id) ON DELETE RESTRICT)
-- 2 foreign_key.add t.b (- -> b -> p(id) ON DELETE NO ACTION)
-- 2 foreign_key.on_delete.unstated t.b (- -> b -> p(id) ON DELETE NO ACTION) The effective action is NO ACTION.
-- 3 foreign_key.add t.c (- -> c -> p(id) ON DELETE CASCADE)
-- 3 foreign_key.on_delete.cascade t.c (- -> c -> p(id) ON DELETE CASCADE) Deleting a row of p deletes its rows of t.
