-- case: history
CREATE TABLE t (id int);
CREATE TABLE log (id int);
-- case: migration
CREATE RULE quiet AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE RULE twice AS ON INSERT TO t DO ALSO (INSERT INTO log VALUES (1); INSERT INTO log VALUES (2));
DROP RULE quiet ON t;
-- case: expect
-- 2 trigger.create t (- -> t.twice)
