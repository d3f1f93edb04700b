-- case: history
CREATE TABLE posts (id int PRIMARY KEY, author int, title text);
-- case: migration
CREATE TABLE firsts (author int, title text);
INSERT INTO firsts SELECT DISTINCT ON (author) author, title FROM posts;
ALTER TABLE posts DROP COLUMN title;
-- case: expect
-- 1 table.create firsts
-- 2 rows.insert firsts
-- 3 column.drop.optional posts.title (text -> -) The column was optional before.
