-- case: history
CREATE TABLE people (actor text NOT NULL CHECK (actor <> ''), name text NOT NULL);
CREATE UNIQUE INDEX people_actor ON people (lower(actor)) WHERE actor <> '-';
-- case: migration
ALTER TABLE people RENAME COLUMN actor TO ap;
-- case: expect
-- 1 column.rename people.actor (actor -> ap)
