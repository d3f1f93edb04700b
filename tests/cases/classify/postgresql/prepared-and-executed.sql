-- case: history
CREATE TABLE t (id int);
-- case: migration
PREPARE wipe AS DELETE FROM t;
EXECUTE wipe;
-- case: expect
-- 1 statement.other
-- 2 statement.opaque (- -> EXECUTE wipe) nothing is known of this kind of statement
