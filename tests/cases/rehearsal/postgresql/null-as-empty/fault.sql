ALTER TABLE people ALTER COLUMN last TYPE varchar(50) USING coalesce(last, '');
