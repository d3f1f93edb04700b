-- CreateIndex
CREATE INDEX "meal_plans_userId_date_idx" ON "meal_plans"("userId", "date");
