-- case: history
CREATE TABLE notes (id INT NOT NULL PRIMARY KEY, body VARCHAR(20) NOT NULL, kind INT, deleted_at INT, old_rank INT);
-- case: migration
ALTER TABLE notes ADD COLUMN text VARCHAR(20) NOT NULL DEFAULT '';
UPDATE notes SET text = body WHERE kind <> 2;
ALTER TABLE notes DROP COLUMN body;
ALTER TABLE notes ADD COLUMN sort INT;
UPDATE notes SET sort = kind WHERE kind IS NOT NULL AND sort IS NULL;
ALTER TABLE notes DROP COLUMN kind;
ALTER TABLE notes ADD COLUMN place INT;
UPDATE notes SET place = old_rank WHERE deleted_at IS NULL;
ALTER TABLE notes DROP COLUMN old_rank;
ALTER TABLE notes RENAME COLUMN place TO old_rank;
-- case: expect
-- 2 column.add.default notes.text (- -> varchar(20)) The default is ''.
-- 2 rows.update.some notes
-- 3 column.drop.required notes.body (varchar(20) -> -) The column was required before.
-- 5 column.rename notes.kind (kind -> sort)
-- 5 rows.update.some notes
-- 8 rows.update.some notes
-- 10 column.type.recreate notes.old_rank (int -> int) The values were not all copied.
