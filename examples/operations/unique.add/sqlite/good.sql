-- The duplicates were counted, and renamed.
UPDATE recipes SET slug = slug || '-' || id WHERE id = 3;
-- next migration
CREATE UNIQUE INDEX recipes_slug ON recipes (slug);
