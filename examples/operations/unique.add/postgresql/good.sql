-- The duplicates were counted, and renamed.
UPDATE recipes SET slug = slug || '-' || id WHERE id = 3;
-- next migration
-- outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY recipes_slug ON recipes (slug);
