-- case: history
CREATE TABLE t (room int4range, during tsrange);
-- case: migration
ALTER TABLE t ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH &&, during WITH &&) WHERE (room IS NOT NULL);
-- case: expect
-- 1 exclusion.add t (- -> USING gist (room WITH &&, during WITH &&) WHERE room IS NOT NULL)
