ALTER TABLE recipes ADD COLUMN title_length INTEGER;
-- next migration
UPDATE recipes SET title_length = length(title) WHERE id BETWEEN 1 AND 1000;
