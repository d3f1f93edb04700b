-- case: history
CREATE TABLE t (a text, CONSTRAINT kinds CHECK (a IN ('x', 'y')));
-- case: migration
ALTER TABLE t DROP CONSTRAINT kinds;
ALTER TABLE t ADD CONSTRAINT kinds CHECK (a IN ('x', 'y', 'z'));
-- case: expect
-- 2 check.add t (- -> a IN ('x', 'y', 'z'))
-- 2 check.drop t (a IN ('x', 'y') -> -)
