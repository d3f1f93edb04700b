-- handrail: waive column.drop.optional users.nickname: nobody uses it
ALTER TABLE "users" DROP COLUMN "nickname";
