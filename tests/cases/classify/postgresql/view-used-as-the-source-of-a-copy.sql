-- case: history
CREATE TABLE t (id int NOT NULL, a text);
CREATE VIEW v AS SELECT id, a FROM t;
-- case: migration
CREATE TABLE n (id int NOT NULL, a text);
INSERT INTO n SELECT id, a FROM v;
DROP TABLE t CASCADE;
-- case: expect
-- 1 table.rename t (t -> n)
-- 2 rows.insert n
-- 3 view.drop v (- -> v)
