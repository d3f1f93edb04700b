-- case: history
CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL);
CREATE TABLE u (t int REFERENCES t);
-- case: migration
ALTER TABLE t DROP COLUMN id CASCADE;
-- case: expect
-- 1 column.drop.required t.id (integer -> -) The column was required before.
-- 1 foreign_key.drop u.t (t -> t(id) ON DELETE NO ACTION -> -) Its delete rule was NO ACTION.
-- 1 primary_key.change t (id -> none)
