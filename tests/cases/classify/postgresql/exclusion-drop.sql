-- case: history
CREATE TABLE t (during tsrange, CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&));
-- case: migration
ALTER TABLE t DROP CONSTRAINT no_overlap;
-- case: expect
-- 1 check.drop t (USING gist (during WITH &&) -> -)
