-- case: history
CREATE TABLE t (id int PRIMARY KEY, price text NOT NULL);
-- case: migration
ALTER TABLE t ADD COLUMN price_new numeric(10,2);
UPDATE t SET price_new = price::numeric;
ALTER TABLE t DROP COLUMN price;
ALTER TABLE t RENAME COLUMN price_new TO price;
ALTER TABLE t ALTER COLUMN price SET NOT NULL;
-- case: expect
-- 2 rows.update.all t.price_new
-- 5 column.type.change t.price (text -> numeric(10,2))
