ALTER TABLE docs ALTER COLUMN zip TYPE integer USING zip::integer;
