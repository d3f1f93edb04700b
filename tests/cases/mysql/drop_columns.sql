CREATE TABLE t (a INT, b INT, c INT, d INT, KEY ab (a, b), KEY b (b), UNIQUE bcd (c, d));
ALTER TABLE t DROP b, DROP COLUMN a;
