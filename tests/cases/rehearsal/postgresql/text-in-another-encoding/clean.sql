ALTER TABLE people ALTER COLUMN last TYPE varchar(80) USING convert_from(convert_to(last, 'LATIN1'), 'LATIN1');
