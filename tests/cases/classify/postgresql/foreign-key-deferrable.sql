-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES p ON DELETE CASCADE);
-- case: migration
ALTER TABLE t ALTER CONSTRAINT t_a_fkey DEFERRABLE INITIALLY DEFERRED;
SET CONSTRAINTS ALL IMMEDIATE;
-- case: expect
-- 1 statement.other
-- 2 statement.other
