-- case: history
CREATE TABLE base (id int);
CREATE TABLE kid () INHERITS (base);
-- case: migration
DROP TABLE base CASCADE;
-- case: expect
-- 1 table.drop base
-- 1 table.drop kid
