ALTER TABLE accounts ALTER COLUMN balance TYPE double precision;
