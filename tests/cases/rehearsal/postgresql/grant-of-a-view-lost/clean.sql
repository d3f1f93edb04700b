CREATE OR REPLACE VIEW titles AS SELECT id, title FROM recipes WHERE title <> '';
