-- case: history
CREATE SEQUENCE s;
CREATE TABLE t (id int);
-- case: migration
SELECT setval('s', 10);
SELECT setval('s', (SELECT max(id) FROM t));
SELECT nextval('s');
-- case: expect
-- 1 sequence.set
-- 2 sequence.set
-- 3 sequence.set
