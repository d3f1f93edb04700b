-- case: history
CREATE TABLE t (id int, a text);
-- case: migration
COPY t (id, a) FROM stdin;
1	DROP TABLE t;
2	it's
\.
ALTER TABLE t ADD COLUMN b int;
-- case: expect
-- 1 rows.insert t
-- 5 column.add.optional t.b (- -> integer)
