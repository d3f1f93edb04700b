ALTER TABLE accounts ALTER COLUMN balance TYPE numeric(40,10);
