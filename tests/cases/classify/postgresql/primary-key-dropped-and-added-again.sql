-- case: history
CREATE TABLE t (a int PRIMARY KEY);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_pkey;
ALTER TABLE t ADD CONSTRAINT pk_t PRIMARY KEY (a);
-- case: expect
