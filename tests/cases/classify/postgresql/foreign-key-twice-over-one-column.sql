-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, CONSTRAINT k1 FOREIGN KEY (a) REFERENCES p ON DELETE CASCADE, CONSTRAINT k2 FOREIGN KEY (a) REFERENCES p ON DELETE RESTRICT);
-- case: migration
ALTER TABLE t DROP CONSTRAINT k1;
-- case: expect
-- 1 foreign_key.drop t.a (a -> p(id) ON DELETE CASCADE -> -) [cascaded] Its delete rule was CASCADE.
