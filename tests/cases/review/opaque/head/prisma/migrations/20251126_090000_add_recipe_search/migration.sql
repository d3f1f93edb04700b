CREATE VIRTUAL TABLE "recipe_search" USING fts5(title);
SELECT load_extension('./mod_spatialite');
