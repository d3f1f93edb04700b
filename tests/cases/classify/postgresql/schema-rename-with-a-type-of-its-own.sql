-- case: history
CREATE SCHEMA a;
CREATE TYPE a.kind AS ENUM ('x');
CREATE TABLE a.t (k a.kind);
-- case: migration
ALTER SCHEMA a RENAME TO b;
-- case: expect
-- 1 statement.other (a.kind -> b.kind) The type a.kind is now called b.kind.
-- 1 statement.other
-- 1 table.rename a.t (a.t -> b.t)
