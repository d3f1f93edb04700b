-- case: history
CREATE TABLE "Order" ("Id" int NOT NULL, "we""ird" text);
CREATE TABLE orders (id int);
-- case: migration
ALTER TABLE ORDERS ADD COLUMN Total INT;
ALTER TABLE "Order" DROP COLUMN "we""ird";
ALTER TABLE IF EXISTS Order2 ADD COLUMN x int;
-- case: expect
-- 1 column.add.optional orders.total (- -> integer)
-- 2 column.drop.optional Order.we"ird (text -> -) The column was optional before.
