ALTER TABLE items ALTER COLUMN weight TYPE integer;
