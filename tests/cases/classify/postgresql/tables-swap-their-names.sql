-- case: history
CREATE TABLE live (id int PRIMARY KEY, a text);
CREATE TABLE next (id int PRIMARY KEY, a text);
-- case: migration
ALTER TABLE live RENAME TO old;
ALTER TABLE next RENAME TO live;
ALTER TABLE old RENAME TO next;
-- case: expect
-- 2 table.rename next (next -> live)
-- 3 table.rename live (live -> next)
