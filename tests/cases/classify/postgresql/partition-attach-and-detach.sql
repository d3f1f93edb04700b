-- case: history
CREATE TABLE p (a int NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
CREATE TABLE p2 (a int NOT NULL, b text);
-- case: migration
ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM (2) TO (3);
ALTER TABLE p DETACH PARTITION p1;
-- case: expect
-- 1 partition.attach p2
-- 2 partition.detach p1
