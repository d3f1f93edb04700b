-- case: history
CREATE TABLE base (id int NOT NULL, note text);
CREATE TABLE kid () INHERITS (base);
-- case: migration
ALTER TABLE ONLY base DROP COLUMN note;
-- case: expect
-- 1 column.drop.optional base.note (text -> -) The column was optional before.
