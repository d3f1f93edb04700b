-- handrail: waive column.drop.optional users.nickname by data-engineer-1 until 2026-12-31: nobody ever filled it in
ALTER TABLE "users" DROP COLUMN "nickname";
