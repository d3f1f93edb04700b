-- case: history
CREATE TABLE t (id int, info jsonb);
-- case: migration
ALTER TABLE t ADD COLUMN state text;
UPDATE t SET state = info->>'state';
ALTER TABLE t ALTER COLUMN state SET NOT NULL;
-- case: expect
-- 2 rows.update.all t.state
-- 3 column.add.required t.state (- -> text) It has no default, and the rows that are there get no value.
