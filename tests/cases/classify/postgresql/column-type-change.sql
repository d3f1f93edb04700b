-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text, b int, c varchar(20), d numeric(8,2), e timestamp);
-- case: migration
ALTER TABLE t ALTER COLUMN a TYPE int USING a::int;
ALTER TABLE t ALTER b TYPE bigint;
ALTER TABLE t ALTER c SET DATA TYPE varchar(10);
ALTER TABLE t ALTER d TYPE numeric(8,4);
ALTER TABLE t ALTER e TYPE timestamptz USING e AT TIME ZONE 'UTC';
-- case: expect
-- 1 column.type.change t.a (text -> integer)
-- 2 column.type.change t.b (integer -> bigint)
-- 3 column.type.change t.c (character varying(20) -> character varying(10))
-- 4 column.type.change t.d (numeric(8,2) -> numeric(8,4))
-- 5 column.type.change t.e (timestamp without time zone -> timestamp with time zone)
