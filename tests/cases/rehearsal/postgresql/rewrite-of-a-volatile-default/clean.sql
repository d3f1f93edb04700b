ALTER TABLE items ADD COLUMN ref uuid;
ALTER TABLE items ALTER COLUMN ref SET DEFAULT gen_random_uuid();
