-- case: history
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
-- case: migration
ALTER TABLE t ALTER a RESTART WITH 100;
ALTER TABLE t ALTER a SET INCREMENT BY 10;
-- case: expect
-- 1 sequence.set t.a
-- 2 identity.change t.a
