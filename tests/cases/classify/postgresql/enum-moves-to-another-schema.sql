-- case: history
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (k kind);
CREATE SCHEMA s;
-- case: migration
ALTER TYPE kind SET SCHEMA s;
-- case: expect
-- 1 statement.other (kind -> s.kind) The type kind is now called s.kind.
