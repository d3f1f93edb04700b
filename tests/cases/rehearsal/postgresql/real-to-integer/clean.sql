ALTER TABLE items ALTER COLUMN weight TYPE double precision;
