-- case: history
CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER old BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER kept BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: migration
CREATE TRIGGER audit AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t DISABLE TRIGGER kept;
DROP TRIGGER old ON t;
DROP TRIGGER IF EXISTS gone ON t;
-- case: expect
-- 1 trigger.create t (- -> t.audit)
-- 2 trigger.drop t The trigger is disabled, not dropped.
-- 3 trigger.drop t (- -> t.old)
