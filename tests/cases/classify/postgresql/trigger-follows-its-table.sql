-- case: history
CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER audit BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: migration
ALTER TABLE t RENAME TO u;
DROP TRIGGER audit ON u;
-- case: expect
-- 1 table.rename t (t -> u)
-- 1 trigger.drop t (- -> t.audit)
