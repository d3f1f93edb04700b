DROP VIEW titles;
ALTER TABLE recipes RENAME COLUMN title TO name;
CREATE VIEW titles AS SELECT title FROM recipes;
