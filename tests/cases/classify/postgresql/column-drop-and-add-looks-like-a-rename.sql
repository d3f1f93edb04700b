-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text);
-- case: migration
ALTER TABLE t DROP COLUMN name, ADD COLUMN title text;
-- case: expect
-- 1 column.add.optional t.title (- -> text)
-- 1 column.drop.optional t.name (text -> -) The column was optional before.
-- 1 column.rename.as_drop_add t.name (name -> title) One column was dropped and one of the same type added: the values do not move over.
