-- case: history
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (k kind, ks kind[]);
CREATE TABLE u (k kind);
-- case: migration
ALTER TYPE kind RENAME TO kind_old;
CREATE TYPE kind AS ENUM ('a', 'c');
ALTER TABLE t ALTER k TYPE kind USING k::text::kind, ALTER ks TYPE kind[] USING ks::text[]::kind[];
ALTER TABLE u ALTER k TYPE kind USING k::text::kind;
DROP TYPE kind_old;
-- case: expect
-- 2 enum.value.add kind (- -> c)
-- 2 enum.value.remove kind (b -> -)
