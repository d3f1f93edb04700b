-- case: history
CREATE TABLE t (id int, a text NOT NULL, b text);
-- case: migration
ALTER TABLE t ADD COLUMN full_name text NOT NULL DEFAULT '';
UPDATE t SET full_name = concat_ws(' ', a, b);
ALTER TABLE t DROP COLUMN a, DROP COLUMN b;
-- case: expect
-- 2 column.add.default t.full_name (- -> text) The default is ''.
-- 2 rows.update.all t.full_name
-- 3 column.drop.optional t.b (text -> -) The column was optional before. Its values were copied to t.full_name first.
-- 3 column.drop.required t.a (text -> -) The column was required before. Its values were copied to t.full_name first.
