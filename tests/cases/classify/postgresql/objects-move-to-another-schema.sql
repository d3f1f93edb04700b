-- case: history
CREATE SCHEMA s;
CREATE VIEW v AS SELECT 1 AS one;
CREATE SEQUENCE q;
CREATE SEQUENCE numbers;
CREATE TABLE t (id int NOT NULL DEFAULT nextval('numbers'));
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW w AS SELECT 2 AS two;
-- case: migration
ALTER VIEW v SET SCHEMA s;
ALTER SEQUENCE q SET SCHEMA s;
ALTER TABLE numbers SET SCHEMA s;
ALTER FUNCTION one() SET SCHEMA s;
ALTER TABLE w SET SCHEMA s;
-- case: expect
-- 1 view.create s.v (- -> s.v)
-- 1 view.drop v (- -> v)
-- 2 sequence.create s.q (- -> s.q)
-- 2 sequence.drop q (- -> q)
-- 3 column.default.change t.id (nextval('numbers') -> nextval('s.numbers'))
-- 3 sequence.create s.numbers (- -> s.numbers)
-- 3 sequence.drop numbers (- -> numbers)
-- 4 function.create s.one() (- -> s.one())
-- 4 function.drop one() (- -> one())
-- 5 view.create s.w (- -> s.w)
-- 5 view.drop w (- -> w)
