-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES p ON DELETE RESTRICT, b int REFERENCES p ON DELETE CASCADE);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_a_fkey;
ALTER TABLE t DROP CONSTRAINT IF EXISTS t_b_fkey, DROP CONSTRAINT IF EXISTS t_c_fkey;
-- case: expect
-- 1 foreign_key.drop t.a (a -> p(id) ON DELETE RESTRICT -> -) Its delete rule was RESTRICT.
-- 2 foreign_key.drop t.b (b -> p(id) ON DELETE CASCADE -> -) [cascaded] Its delete rule was CASCADE.
