ALTER TABLE people ADD COLUMN surname text;
UPDATE people SET surname = first;
ALTER TABLE people DROP COLUMN last;
