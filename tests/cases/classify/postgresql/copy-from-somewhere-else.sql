-- case: history
CREATE TABLE t (id int);
-- case: migration
COPY t FROM '/var/lib/data.csv';
COPY t FROM PROGRAM 'curl -s https://example.org';
COPY t TO STDOUT;
COPY (DELETE FROM t RETURNING id) TO STDOUT;
-- case: expect
-- 1 statement.opaque (- -> COPY t FROM '/var/lib/data.csv') COPY reads what is not in the script
-- 2 statement.opaque (- -> COPY t FROM PROGRAM 'curl -s https://example.org') COPY reads what is not in the script
-- 3 statement.other
-- 4 rows.delete.all t
-- 4 statement.other
