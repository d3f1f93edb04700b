-- case: history
CREATE TABLE tags (name text NOT NULL);
-- case: migration
CREATE TABLE tags_new (name text NOT NULL);
INSERT INTO tags_new SELECT DISTINCT name FROM tags;
DROP TABLE tags;
ALTER TABLE tags_new RENAME TO tags;
-- case: expect
-- 2 rows.insert tags_new
