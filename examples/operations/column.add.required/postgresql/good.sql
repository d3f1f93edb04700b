ALTER TABLE recipes ADD COLUMN servings INTEGER;
-- next migration
UPDATE recipes SET servings = 2 WHERE servings IS NULL;
-- next migration
ALTER TABLE recipes ADD CONSTRAINT servings_given CHECK (servings IS NOT NULL) NOT VALID;
-- next migration
ALTER TABLE recipes VALIDATE CONSTRAINT servings_given;
-- next migration
ALTER TABLE recipes ALTER COLUMN servings SET NOT NULL;
ALTER TABLE recipes DROP CONSTRAINT servings_given;
