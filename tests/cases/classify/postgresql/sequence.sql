-- case: history
CREATE SEQUENCE old;
CREATE SEQUENCE s;
CREATE TABLE t (id int);
-- case: migration
CREATE SEQUENCE IF NOT EXISTS s;
CREATE SEQUENCE n START 100 OWNED BY t.id;
ALTER SEQUENCE s RESTART WITH 10;
ALTER SEQUENCE s INCREMENT BY 5;
ALTER SEQUENCE s OWNED BY t.id;
DROP SEQUENCE old;
-- case: expect
-- 1 statement.other (- -> s) The sequence s belongs to t now.
-- 2 sequence.create t (- -> n)
-- 3 sequence.set s
-- 4 identity.change s
-- 6 sequence.drop old (- -> old)
