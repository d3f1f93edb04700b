-- case: history
CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER audit BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: migration
ALTER TRIGGER audit ON t RENAME TO checked;
-- case: expect
-- 1 trigger.create t (- -> t.checked)
-- 1 trigger.drop t (- -> t.audit)
