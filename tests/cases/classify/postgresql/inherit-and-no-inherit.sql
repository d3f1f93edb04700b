-- case: history
CREATE TABLE base (id int);
CREATE TABLE a (id int);
CREATE TABLE b (x int) INHERITS (base);
-- case: migration
ALTER TABLE a INHERIT base;
ALTER TABLE b NO INHERIT base;
ALTER TABLE base ADD COLUMN note text;
-- case: expect
-- 1 table.option.change a (- -> of base)
-- 2 table.option.change b (of base -> -)
-- 3 column.add.optional base.note (- -> text)
-- 3 column.add.optional a.note (- -> text)
