-- case: history
CREATE VIRTUAL TABLE search USING fts5(title);
-- case: migration
DROP TABLE search;
-- case: expect
-- 1 virtual_table.drop search
