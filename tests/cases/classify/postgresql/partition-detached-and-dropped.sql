-- case: history
CREATE TABLE p (a int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- case: migration
ALTER TABLE p DETACH PARTITION p1;
DROP TABLE p1;
-- case: expect
-- 1 partition.detach p1
-- 2 partition.drop p1
