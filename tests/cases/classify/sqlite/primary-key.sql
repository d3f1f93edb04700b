-- case: history
CREATE TABLE t (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a));
-- case: migration
CREATE TABLE n (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b));
INSERT INTO n SELECT a, b FROM t;
DROP TABLE t;
ALTER TABLE n RENAME TO t;
-- case: expect
-- 1 primary_key.change t (a -> a, b)
-- 3 table.rebuild t
