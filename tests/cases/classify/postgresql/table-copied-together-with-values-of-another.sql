-- case: history
CREATE TABLE runs (id int PRIMARY KEY, charge_id int NOT NULL);
CREATE TABLE payments (id int PRIMARY KEY, charge_id int NOT NULL, amount int NOT NULL, note text);
-- case: migration
CREATE TABLE run_payments (id int PRIMARY KEY, run_id int NOT NULL, amount int NOT NULL, note text);
INSERT INTO run_payments (id, run_id, amount, note)
  SELECT p.id, r.id, p.amount, p.note FROM payments p JOIN runs r ON r.charge_id = p.charge_id;
DROP TABLE payments;
-- case: expect
-- 1 table.create run_payments
-- 2 rows.insert run_payments
-- 4 table.drop payments Rows were copied from it to run_payments first.
