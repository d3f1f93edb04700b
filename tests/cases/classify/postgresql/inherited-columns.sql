-- case: history
CREATE TABLE base (id int NOT NULL, note text);
CREATE TABLE kid (extra int) INHERITS (base);
-- case: migration
ALTER TABLE base DROP COLUMN note;
ALTER TABLE base ADD COLUMN at timestamptz;
-- case: expect
-- 1 column.drop.optional base.note (text -> -) The column was optional before.
-- 1 column.drop.optional kid.note (text -> -) The column was optional before.
-- 2 column.add.optional base.at (- -> timestamp with time zone)
-- 2 column.add.optional kid.at (- -> timestamp with time zone)
