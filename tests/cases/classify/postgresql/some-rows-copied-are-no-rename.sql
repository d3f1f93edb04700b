-- case: history
CREATE TABLE notes (id INT NOT NULL PRIMARY KEY, body VARCHAR(20) NOT NULL, deleted_at INT);
CREATE TABLE tags (id INT NOT NULL PRIMARY KEY, word VARCHAR(20) NOT NULL, kind INT);
-- case: migration
CREATE TABLE notes_new (id INT NOT NULL PRIMARY KEY, body VARCHAR(20) NOT NULL, deleted_at INT);
INSERT INTO notes_new SELECT id, body, deleted_at FROM notes WHERE deleted_at IS NULL;
DROP TABLE notes;
ALTER TABLE notes_new RENAME TO notes;
CREATE TABLE words (id INT NOT NULL PRIMARY KEY, word VARCHAR(20) NOT NULL, kind INT);
INSERT INTO words SELECT id, word, kind FROM tags WHERE kind = 1;
INSERT INTO words SELECT id, word, kind FROM tags WHERE kind = 2;
DROP TABLE tags;
-- case: expect
-- 2 rows.insert notes_new
-- 3 table.drop notes A new table has its name afterwards, and not all rows were copied into it.
-- 4 table.create notes
-- 5 table.create words
-- 6 rows.insert words
-- 7 rows.insert words
-- 8 table.drop tags
