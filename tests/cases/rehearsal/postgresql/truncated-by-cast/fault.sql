ALTER TABLE users ALTER COLUMN email TYPE char(9) USING email::char(9);
