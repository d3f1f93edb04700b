-- case: history
CREATE TABLE recipes (id TEXT PRIMARY KEY, title TEXT);
-- case: migration
DROP TABLE recipes;
CREATE VIRTUAL TABLE search USING fts5(title, content='recipes');
-- case: expect
-- 1 table.drop recipes
-- 2 virtual_table.create search
