-- case: history
CREATE TABLE users (id int PRIMARY KEY);
-- case: migration
CREATE SCHEMA shop
  CREATE TABLE goods (id int PRIMARY KEY)
  CREATE VIEW v AS SELECT 1 AS one;
-- case: expect
-- 1 statement.other
-- 1 table.create shop.goods
-- 1 view.create shop.v (- -> shop.v)
