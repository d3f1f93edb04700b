ALTER TABLE ratings DROP CONSTRAINT ratings_recipe;
