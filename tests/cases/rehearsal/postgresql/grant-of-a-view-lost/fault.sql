DROP VIEW titles;
CREATE VIEW titles AS SELECT id, title FROM recipes WHERE title <> '';
