ALTER TABLE recipes ADD COLUMN share_key UUID DEFAULT gen_random_uuid();
