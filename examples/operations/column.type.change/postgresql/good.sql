ALTER TABLE recipes ADD COLUMN price_in_cents INTEGER;
-- next migration
UPDATE recipes SET price_in_cents = price * 100 WHERE price_in_cents IS NULL;
