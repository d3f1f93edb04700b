-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text);
-- case: migration
ALTER TABLE t ADD COLUMN slug text GENERATED ALWAYS AS (lower(name)) STORED;
-- case: expect
-- 1 column.add.generated_stored t.slug (- -> text) It is computed: lower(name).
