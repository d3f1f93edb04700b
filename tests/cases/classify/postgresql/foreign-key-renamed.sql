-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES p ON DELETE CASCADE);
-- case: migration
ALTER TABLE t RENAME CONSTRAINT t_a_fkey TO fk_t_p;
-- case: expect
