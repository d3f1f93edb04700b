-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE t ADD COLUMN seen timestamptz DEFAULT clock_timestamp();
ALTER TABLE t ADD COLUMN dice float8 DEFAULT random() * 6;
-- case: expect
-- 1 column.add.volatile_default t.key (- -> uuid) The default is gen_random_uuid().
-- 2 column.add.volatile_default t.seen (- -> timestamp with time zone) The default is clock_timestamp().
-- 3 column.add.volatile_default t.dice (- -> double precision) The default is random() * 6.
