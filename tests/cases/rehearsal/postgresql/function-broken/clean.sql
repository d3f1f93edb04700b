ALTER TABLE recipes RENAME COLUMN title TO name;
CREATE OR REPLACE FUNCTION title_of(integer) RETURNS text LANGUAGE sql AS 'SELECT name FROM recipes WHERE id = $1';
