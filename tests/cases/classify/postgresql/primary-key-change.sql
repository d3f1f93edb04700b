-- case: history
CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL);
CREATE TABLE u (a int);
CREATE TABLE v (a int PRIMARY KEY);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (a, b);
ALTER TABLE u ADD PRIMARY KEY (a);
ALTER TABLE v DROP CONSTRAINT v_pkey;
-- case: expect
-- 1 column.null.forbid u.a
-- 1 primary_key.change t (a -> a, b)
-- 1 primary_key.change u (none -> a)
-- 1 primary_key.change v (a -> none)
