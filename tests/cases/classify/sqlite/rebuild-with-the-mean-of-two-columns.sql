-- case: history
CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, updated_at INTEGER);
CREATE TABLE readings (left_half INTEGER NOT NULL, middle INTEGER NOT NULL, right_half INTEGER NOT NULL);
-- case: migration
CREATE TABLE readings_new (mean REAL);
INSERT INTO readings_new SELECT (left_half + right_half) / 2 FROM readings;
DROP TABLE readings;
ALTER TABLE readings_new RENAME TO readings;
-- case: expect
-- 1 column.add.optional readings.mean (- -> REAL)
-- 3 column.drop.required readings.left_half (INTEGER -> -) The column was required before.
-- 3 column.drop.required readings.middle (INTEGER -> -) The column was required before.
-- 3 column.drop.required readings.right_half (INTEGER -> -) The column was required before.
-- 3 table.rebuild readings
