-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE q (id int PRIMARY KEY);
CREATE TABLE t (a int, CONSTRAINT t_a FOREIGN KEY (a) REFERENCES p ON DELETE CASCADE);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_a, ADD CONSTRAINT t_a FOREIGN KEY (a) REFERENCES q ON DELETE CASCADE;
-- case: expect
-- 1 foreign_key.add t.a (- -> a -> q(id) ON DELETE CASCADE)
-- 1 foreign_key.drop t.a (a -> p(id) ON DELETE CASCADE -> -) [cascaded] Its delete rule was CASCADE.
-- 1 foreign_key.on_delete.cascade t.a (- -> a -> q(id) ON DELETE CASCADE) Deleting a row of q deletes its rows of t.
