ALTER TABLE items ADD COLUMN amount_wide bigint;
