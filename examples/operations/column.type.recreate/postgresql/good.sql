ALTER TABLE recipes ADD COLUMN minutes_needed INTEGER;
-- next migration
UPDATE recipes SET minutes_needed = minutes::INTEGER WHERE minutes_needed IS NULL;
