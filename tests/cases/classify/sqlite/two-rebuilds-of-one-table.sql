-- case: history
CREATE TABLE config (name TEXT NOT NULL PRIMARY KEY);
-- case: migration
CREATE TABLE new_config (name TEXT NOT NULL PRIMARY KEY, kind TEXT);
INSERT INTO new_config (name) SELECT name FROM config;
DROP TABLE config;
ALTER TABLE new_config RENAME TO config;
UPDATE config SET kind = 'mail' WHERE name = 'smtp';
CREATE TABLE new_config (name TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL);
INSERT INTO new_config (name, kind) SELECT name, kind FROM config;
DROP TABLE config;
ALTER TABLE new_config RENAME TO config;
-- case: expect
-- 3 table.rebuild config
-- 6 column.add.required config.kind (- -> TEXT) It has no default, and the rows that are there get no value.
