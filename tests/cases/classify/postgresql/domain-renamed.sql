-- case: history
CREATE DOMAIN email AS text;
CREATE TABLE t (e email);
-- case: migration
ALTER DOMAIN email RENAME TO address;
-- case: expect
-- 1 column.type.change t.e (email -> address)
-- 1 statement.other
