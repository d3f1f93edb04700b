-- case: history
CREATE TABLE t (id int);
CREATE VIEW v AS SELECT id FROM t;
-- case: migration
ALTER VIEW v RENAME TO w;
-- case: expect
-- 1 view.create w (- -> w)
-- 1 view.drop v (- -> v)
