-- case: history
CREATE TABLE t (id int, a text);
-- case: migration
ALTER TABLE t ADD CONSTRAINT a_there CHECK (a IS NOT NULL) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT a_there;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t DROP CONSTRAINT a_there;
-- case: expect
-- 3 column.null.forbid t.a
