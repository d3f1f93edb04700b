-- case: history
CREATE TABLE t (a TEXT);
-- case: migration
CREATE TABLE n (a TEXT) STRICT;
INSERT INTO n SELECT a FROM t;
DROP TABLE t;
ALTER TABLE n RENAME TO t;
-- case: expect
-- 3 table.rebuild t
-- 4 table.option.change t (- -> STRICT)
