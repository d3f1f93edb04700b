ALTER TABLE "recipes" ADD COLUMN "notes" TEXT;
