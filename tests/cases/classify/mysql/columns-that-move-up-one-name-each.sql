-- case: history
CREATE TABLE t (id INT NOT NULL PRIMARY KEY, a INT NOT NULL, b TEXT, c BIGINT);
-- case: migration
ALTER TABLE t
    CHANGE a b INT NOT NULL,
    CHANGE COLUMN b c TEXT,
    DROP COLUMN c;
-- case: expect
-- 2 column.rename t.a (a -> b)
-- 3 column.drop.optional t.c (bigint -> -) The column was optional before.
-- 3 column.rename t.b (b -> c)
