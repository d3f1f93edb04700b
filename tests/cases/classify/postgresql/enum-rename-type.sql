-- case: history
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (m mood DEFAULT 'ok', ms mood[]);
-- case: migration
ALTER TYPE mood RENAME TO feeling;
-- case: expect
-- 1 statement.other (mood -> feeling) The type mood is now called feeling.
