-- case: history
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (k kind NOT NULL DEFAULT 'a');
-- case: migration
ALTER TABLE t ALTER k DROP DEFAULT;
ALTER TABLE t ALTER k TYPE text;
ALTER TABLE t ALTER k SET DEFAULT 'a';
DROP TYPE kind;
-- case: expect
-- 3 column.type.change t.k (kind -> text)
-- 4 statement.other (kind -> -) The type kind was dropped.
