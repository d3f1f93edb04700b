-- case: history
CREATE TABLE base (id int, note text);
-- case: migration
CREATE TABLE kid (note text NOT NULL DEFAULT 'x', extra int) INHERITS (base);
ALTER TABLE base DROP COLUMN id;
-- case: expect
-- 1 table.create kid
-- 2 column.drop.optional base.id (integer -> -) The column was optional before.
