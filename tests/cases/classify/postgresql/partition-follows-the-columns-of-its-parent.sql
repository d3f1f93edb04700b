-- case: history
CREATE TABLE p (a int NOT NULL, b text, c int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- case: migration
ALTER TABLE p DROP COLUMN b;
ALTER TABLE p ADD COLUMN d int NOT NULL DEFAULT 0;
ALTER TABLE p RENAME COLUMN c TO cc;
-- case: expect
-- 1 column.drop.optional p.b (text -> -) The column was optional before.
-- 1 column.drop.optional p1.b (text -> -) The column was optional before.
-- 2 column.add.default p.d (- -> integer) The default is 0.
-- 2 column.add.default p1.d (- -> integer) The default is 0.
-- 3 column.rename p.c (c -> cc)
-- 3 column.rename p1.c (c -> cc)
