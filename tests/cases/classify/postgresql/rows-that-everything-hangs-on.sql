-- case: history
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a ON DELETE CASCADE);
-- case: migration
DELETE FROM a;
-- case: expect
-- 1 rows.delete.all a
-- 1 rows.delete.some b Its rows go with those of a, by ON DELETE CASCADE.
