-- case: history
CREATE TABLE t (a int PRIMARY KEY, b text, c text, d text);
-- case: migration
ALTER TABLE t ADD CONSTRAINT b_once UNIQUE (b);
CREATE UNIQUE INDEX c_once ON t (c);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS d_once ON t (lower(d)) WHERE d IS NOT NULL;
-- case: expect
-- 1 unique.add t.b (- -> b)
-- 2 unique.add t.c (- -> c)
-- 3 unique.add t.lower(d) (- -> lower(d))
