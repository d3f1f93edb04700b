-- case: history
CREATE TABLE t (id int);
-- case: migration
CREATE TYPE kind AS ENUM ('a', 'b');
ALTER TYPE kind ADD VALUE 'c';
ALTER TABLE t ADD COLUMN k kind NOT NULL DEFAULT 'a';
-- case: expect
-- 1 statement.other (- -> kind) The type kind was created.
-- 3 column.add.default t.k (- -> kind) The default is 'a'.
