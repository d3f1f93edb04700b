ALTER TABLE ratings DROP CONSTRAINT ratings_recipe;
ALTER TABLE ratings ADD CONSTRAINT ratings_recipe
    FOREIGN KEY (recipe_id) REFERENCES recipes (id) ON DELETE CASCADE;
