-- case: history
CREATE TABLE t (name text NOT NULL, owner int NOT NULL, CONSTRAINT once UNIQUE (name));
-- case: migration
ALTER TABLE t DROP CONSTRAINT once;
ALTER TABLE t ADD CONSTRAINT once UNIQUE (name, owner);
-- case: expect
-- 2 unique.add t (- -> name, owner) It cannot fail: name was unique already.
-- 2 unique.drop t.name (name -> -)
