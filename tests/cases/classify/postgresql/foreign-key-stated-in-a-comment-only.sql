-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int);
-- case: migration
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p -- ON DELETE CASCADE
;
-- case: expect
-- 1 foreign_key.add t.a (- -> a -> p(id) ON DELETE NO ACTION)
-- 1 foreign_key.on_delete.unstated t.a (- -> a -> p(id) ON DELETE NO ACTION) The effective action is NO ACTION.
