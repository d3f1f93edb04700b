-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text UNIQUE, CHECK (name <> ''));
CREATE TABLE u (t text REFERENCES t (name));
-- case: migration
ALTER TABLE t RENAME COLUMN name TO title;
-- case: expect
-- 1 column.rename t.name (name -> title)
