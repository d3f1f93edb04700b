ALTER TABLE people ALTER COLUMN last TYPE varchar(80) USING convert_from(convert_to(last, 'UTF8'), 'LATIN1');
