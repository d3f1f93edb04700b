-- case: history
CREATE TABLE t (id int, a text);
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT id FROM t;
CREATE VIEW x AS SELECT id FROM w;
CREATE VIEW same AS SELECT id FROM t;
-- case: migration
CREATE VIEW n AS SELECT a FROM t;
CREATE OR REPLACE VIEW v AS SELECT id, a FROM t;
CREATE OR REPLACE VIEW same AS
  select id from t;
DROP VIEW w CASCADE;
-- case: expect
-- 1 view.create n (- -> n)
-- 2 view.replace v (- -> v)
-- 5 view.drop w (- -> w)
-- 5 view.drop x (- -> x)
