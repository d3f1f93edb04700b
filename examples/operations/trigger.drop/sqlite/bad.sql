DROP TRIGGER keep_removed_recipes;
