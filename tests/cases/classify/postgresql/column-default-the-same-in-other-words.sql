-- case: history
CREATE TABLE t (a text DEFAULT 'x', b timestamptz DEFAULT now(), c boolean DEFAULT false, d varchar(9) DEFAULT 'y'::character varying, e int DEFAULT NULL);
-- case: migration
ALTER TABLE t ALTER a SET DEFAULT 'x'::text, ALTER b SET DEFAULT now(), ALTER c SET DEFAULT FALSE;
ALTER TABLE t ALTER d SET DEFAULT 'y', ALTER e DROP DEFAULT;
-- case: expect
