ALTER TABLE "recipes" RENAME COLUMN "name" TO "title";
