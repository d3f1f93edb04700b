-- case: history
CREATE TABLE t (a int PRIMARY KEY, b bigint NOT NULL);
CREATE UNIQUE INDEX t_b ON t (b);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_b;
-- case: expect
-- 1 primary_key.change t (a -> b)
