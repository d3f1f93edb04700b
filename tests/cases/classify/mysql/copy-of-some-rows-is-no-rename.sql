-- case: history
CREATE TABLE activity (id INT NOT NULL PRIMARY KEY, source VARCHAR(16) NOT NULL, kind INT NOT NULL, note TEXT);
-- case: migration
ALTER TABLE activity ADD COLUMN document VARCHAR(16) NOT NULL DEFAULT '';
UPDATE activity SET document = source WHERE kind = 2;
ALTER TABLE activity DROP COLUMN source;
ALTER TABLE activity ADD COLUMN remark TEXT;
UPDATE activity SET remark = note WHERE note IS NOT NULL;
ALTER TABLE activity DROP COLUMN note;
-- case: expect
-- 2 column.add.default activity.document (- -> varchar(16)) The default is ''.
-- 2 rows.update.some activity
-- 3 column.drop.required activity.source (varchar(16) -> -) The column was required before.
-- 3 column.rename.as_drop_add activity.source (source -> document) One column was dropped and one of the same type added: the values do not move over.
-- 5 column.rename activity.note (note -> remark)
-- 5 rows.update.some activity
