ALTER TABLE recipes ADD COLUMN public_id TEXT;
-- next migration
UPDATE recipes SET public_id = slug || '-' || id WHERE public_id IS NULL;
-- next migration
CREATE UNIQUE INDEX recipes_public_id ON recipes (public_id);
