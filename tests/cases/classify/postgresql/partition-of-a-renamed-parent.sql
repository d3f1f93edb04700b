-- case: history
CREATE TABLE p (a int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- case: migration
ALTER TABLE p RENAME TO q;
ALTER TABLE q ADD COLUMN b int;
-- case: expect
-- 1 table.rename p (p -> q)
-- 2 column.add.optional q.b (- -> integer)
-- 2 column.add.optional p1.b (- -> integer)
