-- case: history
CREATE SCHEMA s;
CREATE TABLE t (id int);
CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER audit BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION s.f();
-- case: migration
DROP SCHEMA s CASCADE;
-- case: expect
-- 1 function.drop s.f() (- -> s.f())
-- 1 schema.drop s
-- 1 trigger.drop t (- -> t.audit)
