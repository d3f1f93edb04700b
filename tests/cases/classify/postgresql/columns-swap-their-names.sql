-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text, b text);
-- case: migration
ALTER TABLE t RENAME a TO tmp;
ALTER TABLE t RENAME b TO a;
ALTER TABLE t RENAME tmp TO b;
-- case: expect
-- 2 column.rename t.b (b -> a)
-- 3 column.rename t.a (a -> b)
