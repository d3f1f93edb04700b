-- case: history
CREATE TABLE old_status (id INTEGER NOT NULL, stamp INTEGER NOT NULL, up INTEGER NOT NULL);
CREATE TABLE routes (id INTEGER NOT NULL, stamp INTEGER NOT NULL, up INTEGER NOT NULL);
-- case: migration
CREATE TABLE status (id INTEGER NOT NULL, stamp INTEGER NOT NULL);
INSERT INTO status (id, stamp)
SELECT old_status.id, old_status.stamp FROM old_status JOIN routes ON routes.id = old_status.id;
DROP TABLE old_status;
-- case: expect
-- 1 table.create status
-- 4 table.drop old_status Rows were copied from it to status first.
