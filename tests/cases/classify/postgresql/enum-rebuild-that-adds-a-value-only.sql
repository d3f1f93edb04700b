-- case: history
CREATE TYPE "Role" AS ENUM ('USER');
CREATE TABLE "User" (id int PRIMARY KEY, role "Role" NOT NULL);
-- case: migration
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
DROP TYPE "Role";
ALTER TYPE "Role_new" RENAME TO "Role";
-- case: expect
-- 4 enum.value.add Role (- -> ADMIN)
