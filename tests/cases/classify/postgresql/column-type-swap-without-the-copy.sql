-- case: history
CREATE TABLE t (id int PRIMARY KEY, price text NOT NULL);
-- case: migration
ALTER TABLE t ADD COLUMN price_new numeric(10,2);
ALTER TABLE t DROP COLUMN price;
ALTER TABLE t RENAME COLUMN price_new TO price;
-- case: expect
-- 3 column.type.recreate t.price (text -> numeric(10,2)) The values were not all copied.
