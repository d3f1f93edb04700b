-- case: history
CREATE TABLE t (id INT NOT NULL PRIMARY KEY, a INT NOT NULL, b TEXT);
-- case: migration
ALTER TABLE t RENAME COLUMN a TO b, RENAME COLUMN b TO b_old, ADD COLUMN note TEXT AFTER b;
ALTER TABLE t RENAME COLUMN b TO b_old;
-- case: expect
-- 1 column.add.optional t.note (- -> text)
-- 1 column.rename t.a (a -> b)
-- 1 column.rename t.b (b -> b_old)
-- 2 statement.opaque (- -> ALTER TABLE t RENAME COLUMN b TO b_old) there is a column b_old already
