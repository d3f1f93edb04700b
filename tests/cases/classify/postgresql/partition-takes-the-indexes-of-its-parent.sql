-- case: history
CREATE TABLE p (a int NOT NULL, b int, UNIQUE (a)) PARTITION BY RANGE (a);
CREATE INDEX ON p (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
-- case: migration
CREATE INDEX ON p1 (b);
DROP TABLE p1;
-- case: expect
-- 2 partition.drop p1
