-- case: history
CREATE TABLE devices (id int NOT NULL, name text NOT NULL, note text);
-- case: migration
CREATE TABLE credentials (id int NOT NULL, name text NOT NULL, note text);
INSERT INTO credentials (id, name, note) SELECT id, name, note FROM devices;
DROP TABLE devices;
-- case: expect
-- 1 table.rename devices (devices -> credentials)
-- 2 rows.insert credentials
