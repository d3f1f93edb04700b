-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN p int REFERENCES p ON DELETE CASCADE;
ALTER TABLE t ADD COLUMN q int CONSTRAINT q_key REFERENCES p (id);
-- case: expect
-- 1 column.add.optional t.p (- -> integer)
-- 1 foreign_key.on_delete.cascade t.p (- -> p -> p(id) ON DELETE CASCADE) Deleting a row of p deletes its rows of t.
-- 2 column.add.optional t.q (- -> integer)
-- 2 foreign_key.on_delete.unstated t.q (- -> q -> p(id) ON DELETE NO ACTION) The effective action is NO ACTION.
