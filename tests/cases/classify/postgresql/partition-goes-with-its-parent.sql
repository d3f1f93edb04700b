-- case: history
CREATE TABLE p (a int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- case: migration
DROP TABLE p;
-- case: expect
-- 1 partition.drop p1
-- 1 table.drop p
