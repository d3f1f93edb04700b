-- case: history
CREATE TABLE t (id int, a text DEFAULT '1');
-- case: migration
ALTER TABLE t ALTER a DROP DEFAULT, ALTER a TYPE int USING a::int, ALTER a SET DEFAULT 1;
-- case: expect
-- 1 column.default.change t.a ('1' -> 1)
-- 1 column.type.change t.a (text -> integer)
