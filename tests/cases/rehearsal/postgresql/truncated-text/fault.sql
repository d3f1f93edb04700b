ALTER TABLE users ALTER COLUMN email TYPE varchar(10) USING left(email, 10);
