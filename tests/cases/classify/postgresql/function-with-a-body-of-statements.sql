-- case: history
CREATE TABLE t (id int);
-- case: migration
CREATE FUNCTION f() RETURNS void LANGUAGE sql
BEGIN ATOMIC
  DELETE FROM t;
  INSERT INTO t VALUES (1);
END;
ALTER TABLE t ADD COLUMN a int;
-- case: expect
-- 1 function.create f() (- -> f())
-- 6 column.add.optional t.a (- -> integer)
