-- The orphans were counted, and cut off.
UPDATE ratings SET recipe_id = NULL WHERE recipe_id NOT IN (SELECT id FROM recipes);
-- next migration
ALTER TABLE ratings ADD CONSTRAINT ratings_recipe
    FOREIGN KEY (recipe_id) REFERENCES recipes (id) ON DELETE RESTRICT NOT VALID;
-- next migration
ALTER TABLE ratings VALIDATE CONSTRAINT ratings_recipe;
