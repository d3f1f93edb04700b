-- case: history
CREATE TABLE p (a int NOT NULL, b text) PARTITION BY LIST (a);
-- case: migration
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p_rest PARTITION OF p DEFAULT;
-- case: expect
-- 1 table.create p1
-- 2 table.create p_rest
