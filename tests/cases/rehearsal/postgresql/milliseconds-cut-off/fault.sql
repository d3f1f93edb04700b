ALTER TABLE events ALTER COLUMN made TYPE timestamptz USING to_timestamp(made / 1000);
