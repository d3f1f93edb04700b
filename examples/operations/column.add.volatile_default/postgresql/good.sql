ALTER TABLE recipes ADD COLUMN share_key UUID;
-- next migration
UPDATE recipes SET share_key = gen_random_uuid() WHERE id BETWEEN 1 AND 1000;
-- next migration
ALTER TABLE recipes ALTER COLUMN share_key SET DEFAULT gen_random_uuid();
