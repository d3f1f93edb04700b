-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, a int REFERENCES p ON DELETE CASCADE, b int UNIQUE, CHECK (a > b));
CREATE INDEX i ON t (a, b);
CREATE INDEX j ON t (lower(a::text));
-- case: migration
ALTER TABLE t DROP COLUMN a;
-- case: expect
-- 1 check.drop t (a > b -> -)
-- 1 column.drop.optional t.a (integer -> -) The column was optional before.
-- 1 foreign_key.drop t.a (a -> p(id) ON DELETE CASCADE -> -) [cascaded] Its column is dropped as well. Its delete rule was CASCADE.
-- 1 index.drop t (a, b -> -)
-- 1 index.drop t.lower(a::text) (lower(a::text) -> -)
