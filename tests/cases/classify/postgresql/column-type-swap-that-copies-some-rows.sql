-- case: history
CREATE TABLE t (id int PRIMARY KEY, price text NOT NULL);
-- case: migration
ALTER TABLE t ADD COLUMN price_new int;
UPDATE t SET price_new = price::int WHERE price ~ '^[0-9]+$';
ALTER TABLE t DROP COLUMN price;
ALTER TABLE t RENAME COLUMN price_new TO price;
-- case: expect
-- 2 rows.update.some t.price_new
-- 4 column.type.recreate t.price (text -> integer) The values were not all copied.
