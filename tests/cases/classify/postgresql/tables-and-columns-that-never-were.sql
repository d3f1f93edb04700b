-- case: history
CREATE TABLE users (id int PRIMARY KEY, email text, phone text UNIQUE NULLS NOT DISTINCT);
-- case: migration
ALTER TABLE people ADD COLUMN a int;
ALTER TABLE people RENAME TO persons;
ALTER TABLE people RENAME COLUMN a TO b;
ALTER TABLE people SET SCHEMA s;
CREATE INDEX i ON people (a);
DROP TABLE people;
ALTER TABLE users DROP COLUMN age;
ALTER TABLE users ALTER COLUMN age SET NOT NULL;
ALTER TABLE users RENAME COLUMN age TO years;
ALTER TABLE people DISABLE ROW LEVEL SECURITY;
ALTER TABLE users_email_idx RENAME TO users_email;
ALTER TABLE people RENAME CONSTRAINT a TO b;
-- case: expect
-- 1 statement.opaque (- -> ALTER TABLE people ADD COLUMN a int) there is no table people in the history so far
-- 2 statement.opaque (- -> ALTER TABLE people RENAME TO persons) there is no table people in the history so far
-- 3 statement.opaque (- -> ALTER TABLE people RENAME COLUMN a TO b) there is no table people in the history so far
-- 4 statement.opaque (- -> ALTER TABLE people SET SCHEMA s) there is no table people in the history so far
-- 5 statement.opaque (- -> CREATE INDEX i ON people (a)) there is no table people in the history so far
-- 6 table.drop people The history so far does not create it.
-- 7 statement.opaque (- -> ALTER TABLE users DROP COLUMN age) there is no column users.age in the history so far
-- 8 statement.opaque (- -> ALTER TABLE users ALTER COLUMN age SET NOT NULL) there is no column users.age in the history so far
-- 9 statement.opaque (- -> ALTER TABLE users RENAME COLUMN age TO years) there is no column users.age in the history so far
-- 10 security.rls_disable people
-- 11 statement.opaque (- -> ALTER TABLE users_email_idx RENAME TO users_email) there is no table users_email_idx in the history so far
-- 12 statement.opaque (- -> ALTER TABLE people RENAME CONSTRAINT a TO b) there is no table people in the history so far
