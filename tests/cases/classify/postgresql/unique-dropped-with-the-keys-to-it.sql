-- case: history
CREATE TABLE t (a int PRIMARY KEY, b text UNIQUE);
CREATE TABLE u (b text REFERENCES t (b));
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_b_key CASCADE;
-- case: expect
-- 1 foreign_key.drop u.b (b -> t(b) ON DELETE NO ACTION -> -) Its delete rule was NO ACTION.
-- 1 unique.drop t.b (b -> -)
