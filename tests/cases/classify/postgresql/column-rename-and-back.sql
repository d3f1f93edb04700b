-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text);
-- case: migration
ALTER TABLE t RENAME name TO title;
ALTER TABLE t RENAME title TO name;
-- case: expect
