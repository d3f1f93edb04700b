-- CreateTable
CREATE TABLE "ingredient_customizations" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "ingredientId" TEXT NOT NULL,
    "displayName" TEXT,
    "preferredUnit" TEXT,
    CONSTRAINT "ingredient_customizations_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ingredient_customizations_ingredientId_fkey" FOREIGN KEY ("ingredientId") REFERENCES "ingredients" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "ingredient_customizations_userId_ingredientId_key" ON "ingredient_customizations"("userId", "ingredientId");
