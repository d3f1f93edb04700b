-- Invented rows for the example application. Apply to an empty, fully migrated database:
--   sqlite3 "$DB" < prisma/seed.sql
-- Ben plans one of Ann's recipes, so Ann cannot be deleted; Cleo can, and leaves her shopping list behind.
PRAGMA foreign_keys=ON;

INSERT INTO "users" ("id", "email", "name", "passwordHash", "createdAt") VALUES
    ('u-ann',  'ann@example.test',  'Ann',  'not-a-real-hash', '2025-10-07 18:00:00'),
    ('u-ben',  'ben@example.test',  'Ben',  'not-a-real-hash', '2025-10-09 07:30:00'),
    ('u-cleo', 'cleo@example.test', 'Cleo', 'not-a-real-hash', '2025-11-04 20:15:00');

INSERT INTO "ingredient_categories" ("id", "name", "userId") VALUES
    ('c-vegetables', 'Vegetables', NULL),
    ('c-staples',    'Staples',    NULL),
    ('c-balcony',    'From my balcony', 'u-cleo');

INSERT INTO "ingredients" ("id", "name", "defaultUnit", "categoryId") VALUES
    ('i-tomato',  'Tomato',      'piece', 'c-vegetables'),
    ('i-onion',   'Onion',       'piece', 'c-vegetables'),
    ('i-lentils', 'Red lentils', 'g',     'c-staples'),
    ('i-rice',    'Rice',        'g',     'c-staples'),
    ('i-basil',   'Basil',       'bunch', 'c-balcony'),
    ('i-salt',    'Salt',        'g',     NULL);

INSERT INTO "recipes" ("id", "userId", "title", "description", "servings", "isPublic", "notes", "createdAt") VALUES
    ('r-dal',   'u-ann',  'Red lentil dal', 'One pot, half an hour', 4, true,  'Better on the second day', '2025-10-08 19:00:00'),
    ('r-salad', 'u-ann',  'Tomato salad',   NULL,                    2, true,  NULL,                       '2025-10-20 12:00:00'),
    ('r-rice',  'u-ben',  'Onion rice',     'For a quick evening',   2, false, NULL,                       '2025-10-30 17:45:00'),
    ('r-basil', 'u-cleo', 'Basil tomatoes', NULL,                    2, true,  'Only in summer',           '2025-11-05 18:30:00');

INSERT INTO "recipe_ingredients" ("id", "recipeId", "ingredientId", "quantity", "unit") VALUES
    ('ri-1', 'r-dal',   'i-lentils', 250, 'g'),
    ('ri-2', 'r-dal',   'i-onion',   1,   'piece'),
    ('ri-3', 'r-dal',   'i-salt',    5,   'g'),
    ('ri-4', 'r-salad', 'i-tomato',  4,   'piece'),
    ('ri-5', 'r-salad', 'i-onion',   0.5, 'piece'),
    ('ri-6', 'r-rice',  'i-rice',    200, 'g'),
    ('ri-7', 'r-rice',  'i-onion',   2,   'piece'),
    ('ri-8', 'r-basil', 'i-tomato',  3,   'piece'),
    ('ri-9', 'r-basil', 'i-basil',   1,   'bunch');

INSERT INTO "recipe_instructions" ("id", "recipeId", "step", "text") VALUES
    ('rs-1', 'r-dal',   1, 'Rinse the lentils.'),
    ('rs-2', 'r-dal',   2, 'Soften the onion, add lentils and water, simmer for 25 minutes.'),
    ('rs-3', 'r-salad', 1, 'Slice everything and salt it.'),
    ('rs-4', 'r-rice',  1, 'Brown the onions slowly.'),
    ('rs-5', 'r-rice',  2, 'Fold them into the cooked rice.'),
    ('rs-6', 'r-basil', 1, 'Halve the tomatoes and tear the basil over them.');

INSERT INTO "recipe_ratings" ("id", "userId", "recipeId", "stars", "comment", "createdAt") VALUES
    ('rr-1', 'u-ben',  'r-dal',   5, 'Twice this week', '2025-10-12 20:00:00'),
    ('rr-2', 'u-cleo', 'r-dal',   4, NULL,              '2025-11-06 20:00:00'),
    ('rr-3', 'u-ann',  'r-basil', 5, 'Simple and good', '2025-11-07 13:00:00');

INSERT INTO "meal_plans" ("id", "userId", "recipeId", "date", "meal", "servings") VALUES
    ('m-1', 'u-ann', 'r-rice',  '2025-12-08 00:00:00', 'dinner', 2),
    ('m-2', 'u-ben', 'r-dal',   '2025-12-08 00:00:00', 'dinner', 2),
    ('m-3', 'u-ben', 'r-rice',  '2025-12-09 00:00:00', 'lunch',  1),
    ('m-4', 'u-cleo', 'r-salad', '2025-12-10 00:00:00', 'dinner', 2);

INSERT INTO "ingredient_customizations" ("id", "userId", "ingredientId", "displayName", "preferredUnit") VALUES
    ('ic-1', 'u-ann',  'i-lentils', 'Masoor', 'g'),
    ('ic-2', 'u-cleo', 'i-tomato',  NULL,     'g');

INSERT INTO "shopping_list_items" ("id", "userId", "ingredientId", "label", "quantity", "unit", "bought") VALUES
    ('s-1', 'u-ann',  'i-rice',   'Rice',          400,  'g',     false),
    ('s-2', 'u-ben',  'i-onion',  'Onions',        3,    'piece', true),
    ('s-3', 'u-cleo', 'i-tomato', 'Tomatoes',      6,    'piece', false),
    ('s-4', 'u-cleo', NULL,       'Kitchen paper', NULL, NULL,    false);
