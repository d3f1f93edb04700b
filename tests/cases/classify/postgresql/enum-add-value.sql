-- case: history
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood);
-- case: migration
ALTER TYPE mood ADD VALUE 'happy';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok';
-- case: expect
-- 1 enum.value.add mood (- -> happy)
-- 3 enum.value.add mood (- -> fine)
