-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL);
-- case: migration
ALTER TABLE t ADD COLUMN title text;
UPDATE t SET title = name;
ALTER TABLE t ALTER COLUMN title SET NOT NULL;
ALTER TABLE t DROP COLUMN name;
-- case: expect
-- 2 rows.update.all t.title
-- 3 column.rename t.name (name -> title)
