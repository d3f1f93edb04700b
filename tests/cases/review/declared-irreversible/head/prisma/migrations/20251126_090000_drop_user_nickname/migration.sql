-- handrail: forward-only: the nicknames are gone.
ALTER TABLE "users" DROP COLUMN "nickname";
