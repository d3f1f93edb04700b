-- case: history
CREATE TABLE t (a INTEGER CHECK (a > 0));
-- case: migration
CREATE TABLE n (a INTEGER);
INSERT INTO n SELECT a FROM t;
DROP TABLE t;
ALTER TABLE n RENAME TO t;
-- case: expect
-- 3 table.rebuild t
-- 4 check.drop t (a > 0 -> -)
