-- case: history
CREATE SCHEMA s;
CREATE VIEW v AS SELECT 1 AS one;
CREATE SEQUENCE q;
-- case: migration
ALTER VIEW v SET SCHEMA s;
ALTER SEQUENCE q SET SCHEMA s;
-- case: expect
-- 1 sequence.drop q (- -> q)
-- 1 view.create s.v (- -> s.v)
-- 1 view.drop v (- -> v)
-- 2 sequence.create s.q (- -> s.q)
