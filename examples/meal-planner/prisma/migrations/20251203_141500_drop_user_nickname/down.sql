-- Brings the column back, empty and in last place. The nicknames themselves are only in the backup
-- that was taken before the deploy: see the runbook for restoring.

-- AlterTable
ALTER TABLE "users" ADD COLUMN "nickname" TEXT;
