ALTER TABLE items ADD COLUMN ref uuid NOT NULL DEFAULT gen_random_uuid();
