-- case: history
CREATE TABLE "a}b" (id TEXT PRIMARY KEY);
-- case: migration
CREATE TABLE "c{d" (id TEXT);
ALTER TABLE "a}b" ADD COLUMN "{0}" TEXT;
-- case: expect
-- 1 table.create c{d
-- 2 column.add.optional a}b.{0} (- -> TEXT)
