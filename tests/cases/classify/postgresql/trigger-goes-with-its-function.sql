-- case: history
CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER audit BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.f();
-- case: migration
DROP FUNCTION f() CASCADE;
-- case: expect
-- 1 function.drop f() (- -> f())
-- 1 trigger.drop t (- -> t.audit)
