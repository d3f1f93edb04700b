-- case: history
CREATE TABLE t (a text, CONSTRAINT kinds CHECK (a IN ('x', 'y')));
-- case: migration
ALTER TABLE t DROP CONSTRAINT kinds, ADD CONSTRAINT kinds CHECK ((a IN ('x','y')));
-- case: expect
