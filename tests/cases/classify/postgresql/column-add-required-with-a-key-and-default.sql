-- case: history
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN p int NOT NULL DEFAULT 1 REFERENCES p ON DELETE RESTRICT;
-- case: expect
-- 1 column.add.default t.p (- -> integer) The default is 1.
-- 1 foreign_key.add t.p (- -> p -> p(id) ON DELETE RESTRICT)
