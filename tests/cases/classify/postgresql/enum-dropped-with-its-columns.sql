-- case: history
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (id int, k kind NOT NULL, ks kind[]);
-- case: migration
DROP TYPE kind CASCADE;
-- case: expect
-- 1 column.drop.optional t.ks (kind[] -> -) The column was optional before.
-- 1 column.drop.required t.k (kind -> -) The column was required before.
-- 1 statement.other (kind -> -) The type kind was dropped.
