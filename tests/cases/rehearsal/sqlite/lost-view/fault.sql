DROP VIEW titles;
ALTER TABLE recipes DROP COLUMN title;
