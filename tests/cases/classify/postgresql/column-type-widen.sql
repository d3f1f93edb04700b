-- case: history
CREATE TABLE t (a varchar(20), b varchar(20), c numeric(8,2), d numeric(8,2), e varchar);
-- case: migration
ALTER TABLE t ALTER a TYPE varchar(40);
ALTER TABLE t ALTER b TYPE text;
ALTER TABLE t ALTER c TYPE numeric(12,2);
ALTER TABLE t ALTER d TYPE numeric;
ALTER TABLE t ALTER e TYPE text;
-- case: expect
-- 1 column.type.widen t.a (character varying(20) -> character varying(40))
-- 2 column.type.widen t.b (character varying(20) -> text)
-- 3 column.type.widen t.c (numeric(8,2) -> numeric(12,2))
-- 4 column.type.widen t.d (numeric(8,2) -> numeric)
-- 5 column.type.widen t.e (character varying -> text)
