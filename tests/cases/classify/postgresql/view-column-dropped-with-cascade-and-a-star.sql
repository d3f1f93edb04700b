-- case: history
CREATE TABLE t (id serial PRIMARY KEY, a int);
CREATE TABLE u (id int DEFAULT nextval('t_id_seq'));
CREATE VIEW v AS SELECT * FROM t;
-- case: migration
ALTER TABLE t DROP COLUMN id CASCADE;
-- case: expect
-- 1 column.default.drop u.id (nextval('t_id_seq') -> -)
-- 1 column.drop.required t.id (integer -> -) The column was required before.
-- 1 primary_key.change t (id -> none)
-- 1 view.drop v (- -> v)
