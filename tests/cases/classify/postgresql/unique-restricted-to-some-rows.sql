-- case: history
CREATE TABLE t (a int, deleted_at timestamptz);
CREATE UNIQUE INDEX a_once ON t (a);
-- case: migration
DROP INDEX a_once;
CREATE UNIQUE INDEX a_once ON t (a) WHERE deleted_at IS NULL;
-- case: expect
-- 2 unique.add t.a (- -> a) It cannot fail: a was unique already.
-- 2 unique.drop t.a (a -> -)
