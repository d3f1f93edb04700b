UPDATE recipes SET note = '' WHERE note IS NULL;
-- next migration
ALTER TABLE recipes ADD CONSTRAINT note_given CHECK (note IS NOT NULL) NOT VALID;
-- next migration
ALTER TABLE recipes VALIDATE CONSTRAINT note_given;
-- next migration
ALTER TABLE recipes ALTER COLUMN note SET NOT NULL;
ALTER TABLE recipes DROP CONSTRAINT note_given;
