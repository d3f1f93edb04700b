-- case: history
CREATE TABLE posts (id int PRIMARY KEY, tag text);
-- case: migration
CREATE TABLE tags (name text PRIMARY KEY);
INSERT INTO tags (name) SELECT DISTINCT tag FROM posts WHERE tag IS NOT NULL;
ALTER TABLE posts DROP COLUMN tag;
-- case: expect
-- 1 table.create tags
-- 2 rows.insert tags
-- 3 column.drop.optional posts.tag (text -> -) The column was optional before. Its values were copied to tags.name first.
