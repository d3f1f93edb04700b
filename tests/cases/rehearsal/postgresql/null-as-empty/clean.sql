ALTER TABLE people ALTER COLUMN last TYPE varchar;
