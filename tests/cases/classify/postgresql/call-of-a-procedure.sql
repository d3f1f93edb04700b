-- case: history
CREATE TABLE t (id int);
-- case: migration
CALL do_it();
SELECT do_it();
SELECT * FROM t WHERE f(id);
-- case: expect
-- 1 statement.opaque (- -> CALL do_it()) nobody knows what do_it() does
-- 2 statement.opaque (- -> SELECT do_it()) nobody knows what do_it() writes
-- 3 statement.opaque (- -> SELECT * FROM t WHERE f(id)) nobody knows what f() writes
