-- case: history
CREATE TABLE t (a int4, b character varying(9), c timestamp with time zone, d decimal(5), e double precision, f bool);
-- case: migration
ALTER TABLE t ALTER a TYPE integer, ALTER b TYPE varchar(9), ALTER c TYPE timestamptz,
  ALTER d TYPE numeric(5,0), ALTER e TYPE float, ALTER f TYPE boolean;
-- case: expect
