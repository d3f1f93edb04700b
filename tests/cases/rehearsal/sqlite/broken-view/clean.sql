ALTER TABLE recipes RENAME COLUMN title TO name;
