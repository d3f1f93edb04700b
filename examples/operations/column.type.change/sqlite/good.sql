-- What does not convert stays NULL in the new column, and is still there in the old one.
ALTER TABLE recipes ADD COLUMN minutes_needed INTEGER;
-- next migration
UPDATE recipes SET minutes_needed = CAST(minutes AS INTEGER) WHERE minutes GLOB '[0-9]*' AND minutes NOT GLOB '*[^0-9]*';
