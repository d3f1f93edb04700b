-- case: history
CREATE TABLE options (id int NOT NULL, value text NOT NULL);
-- case: migration
ALTER TABLE options ADD COLUMN minutes integer NOT NULL DEFAULT 0;
UPDATE options SET minutes = length(value);
ALTER TABLE options DROP COLUMN value;
-- case: expect
-- 2 column.add.default options.minutes (- -> integer) The default is 0.
-- 2 rows.update.all options.minutes
-- 3 column.drop.required options.value (text -> -) The column was required before. Its values were copied to options.minutes first.
