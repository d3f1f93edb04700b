-- case: history
CREATE TABLE a (id int);
CREATE UNLOGGED TABLE b (id int);
-- case: migration
ALTER TABLE a SET UNLOGGED;
ALTER TABLE b SET LOGGED;
-- case: expect
-- 1 table.option.change a (- -> UNLOGGED)
-- 2 table.option.change b (UNLOGGED -> -)
