-- case: history
CREATE TABLE votes (person int NOT NULL, choice text NOT NULL);
-- case: migration
CREATE TABLE votes_new (person int NOT NULL, choice text NOT NULL);
INSERT INTO votes_new (person, choice) SELECT person, max(choice) FROM votes GROUP BY person;
DROP TABLE votes;
ALTER TABLE votes_new RENAME TO votes;
-- case: expect
-- 2 rows.insert votes_new
-- 3 table.drop votes A new table has its name afterwards, and not all rows were copied into it.
-- 4 table.create votes
