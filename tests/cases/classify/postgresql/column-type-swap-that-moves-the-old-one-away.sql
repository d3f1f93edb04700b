-- case: history
CREATE TABLE t (id int PRIMARY KEY, price text NOT NULL);
-- case: migration
ALTER TABLE t RENAME price TO price_old;
ALTER TABLE t ADD price int;
UPDATE t SET price = price_old::int;
ALTER TABLE t DROP price_old;
-- case: expect
-- 3 column.null.allow t.price
-- 3 column.type.change t.price (text -> integer)
-- 3 rows.update.all t.price
