-- case: history
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case: migration
ALTER FUNCTION f(int) RENAME TO g;
ALTER FUNCTION g(int) STABLE;
ALTER FUNCTION g(int) OWNER TO CURRENT_USER;
-- case: expect
-- 1 function.create g(integer) (- -> g(integer))
-- 1 function.drop f(integer) (- -> f(integer))
-- 2 statement.other
-- 3 statement.other
