-- case: history
CREATE TABLE notes (id INT NOT NULL PRIMARY KEY, body VARCHAR(20) NOT NULL, kind INT NOT NULL);
CREATE TABLE tags (id INT NOT NULL PRIMARY KEY, word VARCHAR(20) NOT NULL);
-- case: migration
ALTER TABLE notes RENAME TO all_notes;
CREATE TABLE notes (id INT NOT NULL PRIMARY KEY, body VARCHAR(20) NOT NULL, kind INT NOT NULL);
INSERT INTO notes SELECT id, body, kind FROM all_notes WHERE kind = 1;
ALTER TABLE tags RENAME COLUMN word TO old_word;
ALTER TABLE tags ADD COLUMN word VARCHAR(20) NOT NULL DEFAULT '';
-- case: expect
-- 1 table.rename notes (notes -> all_notes)
-- 2 table.create notes
-- 3 rows.insert notes
-- 4 column.rename tags.word (word -> old_word)
-- 5 column.add.default tags.word (- -> character varying(20)) The default is ''.
