-- case: history
CREATE TABLE "User" ("Id" int PRIMARY KEY, "firstName" text, firstname text);
-- case: migration
ALTER TABLE "User" RENAME "firstName" TO "givenName";
ALTER TABLE "User" DROP COLUMN FIRSTNAME;
-- case: expect
-- 1 column.rename User.firstName (firstName -> givenName)
-- 2 column.drop.optional User.firstname (text -> -) The column was optional before.
