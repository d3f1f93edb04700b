-- case: history
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood NOT NULL DEFAULT 'ok');
-- case: migration
ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';
-- case: expect
-- 1 column.default.change t.m ('ok' -> 'fine')
-- 1 enum.value.rename mood (ok -> fine)
