-- case: history
CREATE TABLE t (a int PRIMARY KEY);
-- case: migration
ALTER TABLE t RENAME CONSTRAINT t_pkey TO pk_t;
ALTER INDEX pk_t RENAME TO t_key;
-- case: expect
