-- case: history
CREATE TABLE t (id int);
-- case: migration
DO LANGUAGE plpython3u $$ plpy.execute("DROP TABLE t") $$;
-- case: expect
-- 1 statement.opaque (- -> DO LANGUAGE plpython3u $$ plpy.execute("DROP TABLE t") $$) a DO block is a program: it is not PL/pgSQL
