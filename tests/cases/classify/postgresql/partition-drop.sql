-- case: history
CREATE TABLE p (a int NOT NULL, b text) PARTITION BY HASH (a);
CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 1, REMAINDER 0);
-- case: migration
DROP TABLE p0;
-- case: expect
-- 1 partition.drop p0
