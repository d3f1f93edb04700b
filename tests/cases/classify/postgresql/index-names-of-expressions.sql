-- case: history
CREATE TABLE t (a text, b text);
-- case: migration
CREATE INDEX ON t (coalesce(a, b), (a || b), (a || '-'), (b::varchar));
-- case: expect
-- 1 index.create t (- -> COALESCE(a, b), a || b, a || '-', b::character varying)
