-- case: history
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (t int REFERENCES t ON DELETE CASCADE);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE;
-- case: expect
-- 1 foreign_key.drop u.t (t -> t(a) ON DELETE CASCADE -> -) [cascaded] Its delete rule was CASCADE.
-- 1 primary_key.change t (a -> none)
