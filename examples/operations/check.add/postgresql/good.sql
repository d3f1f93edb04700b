-- The rows that break it were counted, and corrected.
UPDATE recipes SET servings = 1 WHERE servings <= 0;
-- next migration
ALTER TABLE recipes ADD CONSTRAINT servings_positive CHECK (servings > 0) NOT VALID;
-- next migration
ALTER TABLE recipes VALIDATE CONSTRAINT servings_positive;
