-- case: history
CREATE TABLE bans (id int NOT NULL, who text NOT NULL);
CREATE TABLE purges (id int NOT NULL, who text NOT NULL);
-- case: migration
CREATE TABLE log (id int NOT NULL, who text NOT NULL);
INSERT INTO log (id, who) SELECT id, who FROM bans;
INSERT INTO log (id, who) SELECT id, who FROM purges;
DROP TABLE bans;
DROP TABLE purges;
-- case: expect
-- 1 table.create log
-- 2 rows.insert log
-- 3 rows.insert log
-- 4 table.drop bans Rows were copied from it to log first.
-- 5 table.drop purges Rows were copied from it to log first.
