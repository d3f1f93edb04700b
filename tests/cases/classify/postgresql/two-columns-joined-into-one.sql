-- case: history
CREATE TABLE widgets (base text NOT NULL, endpoint text NOT NULL);
-- case: migration
ALTER TABLE widgets ADD COLUMN url text;
UPDATE widgets SET url = base || endpoint;
ALTER TABLE widgets DROP COLUMN base, DROP COLUMN endpoint;
-- case: expect
-- 2 column.add.optional widgets.url (- -> text)
-- 2 rows.update.all widgets.url
-- 3 column.drop.required widgets.base (text -> -) The column was required before. Its values were copied to widgets.url first.
-- 3 column.drop.required widgets.endpoint (text -> -) The column was required before. Its values were copied to widgets.url first.
