-- case: history
CREATE EXTENSION citext;
CREATE TABLE t (id int, name citext);
-- case: migration
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
ALTER EXTENSION citext UPDATE;
DROP EXTENSION citext CASCADE;
-- case: expect
-- 1 statement.other (- -> pgcrypto) The extension pgcrypto was created.
-- 2 statement.other
-- 3 column.drop.optional t.name (citext -> -) The column was optional before.
-- 3 extension.drop citext (- -> citext)
