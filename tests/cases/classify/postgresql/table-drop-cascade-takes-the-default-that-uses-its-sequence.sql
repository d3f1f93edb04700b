-- case: history
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id int NOT NULL DEFAULT nextval('a_id_seq'));
-- case: migration
DROP TABLE a CASCADE;
-- case: expect
-- 1 column.default.drop b.id (nextval('a_id_seq') -> -)
-- 1 table.drop a
