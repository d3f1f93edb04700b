-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);
-- case: migration
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
UPDATE t SET a = NULL WHERE a = '';
UPDATE t SET a = '-' WHERE a IS NULL;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- case: expect
-- 2 rows.update.some t.a
-- 3 rows.update.some t.a
