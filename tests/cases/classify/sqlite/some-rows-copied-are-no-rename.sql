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
-- 2 rows.delete.some notes The copy takes some rows only, and the others go with the old table.
-- 3 table.rebuild notes
-- 5 table.create words
-- 8 table.drop tags Rows were copied from it to words first.
