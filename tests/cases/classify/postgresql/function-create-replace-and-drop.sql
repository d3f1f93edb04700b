-- case: history
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 3';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 4';
-- case: migration
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 5';
DROP FUNCTION f(text);
DROP FUNCTION IF EXISTS g;
DROP PROCEDURE p();
CREATE FUNCTION h(OUT x int, y int DEFAULT 1) RETURNS int LANGUAGE sql AS $$ SELECT 'DROP TABLE t;'; SELECT 1; $$;
-- case: expect
-- 1 function.create f(integer) (- -> f(integer))
-- 2 function.drop f(text) (- -> f(text))
-- 3 function.drop g() (- -> g())
-- 4 function.drop p() (- -> p())
-- 5 function.create h(integer) (- -> h(integer))
